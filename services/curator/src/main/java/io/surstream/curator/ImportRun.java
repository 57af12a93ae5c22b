package io.surstream.curator;

import io.surstream.curator.flow.MappedIterator;
import io.surstream.curator.flow.OrderedParallelMap;
import io.surstream.curator.flow.Work;
import io.surstream.curator.inspect.InspectedImage;
import io.surstream.curator.journal.Entry;
import io.surstream.curator.journal.ImportRecord;
import io.surstream.curator.journal.Journal;
import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.publish.ExampleEvents;
import io.surstream.curator.publish.ExampleSink;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.ImportStatistics;
import io.surstream.curator.select.Deduplicator;
import io.surstream.curator.select.Digest64;
import io.surstream.curator.source.OpenSource;
import io.surstream.v1.CurationReport;
import io.surstream.v1.ExampleCurated;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One import from its first item to its last. Items are read, distinguished and published in the source's order by the
 * calling thread; images are fetched, looked at, captioned and stored by several workers in between. What is published
 * enters the journal after the cluster has it: a run that dies is taken up by the next one, which at worst publishes
 * the same bytes once more.
 */
final class ImportRun {
    /** Entries of one journal segment. */
    private static final int SEGMENT = 500;

    private final Stages stages;
    private final OpenSource source;
    private final ImportRecord record;
    private final Journal journal;
    private final ExampleEvents events;
    private final ExampleSink sink;
    private final CurationMetrics metrics;
    private final Deduplicator ids = Deduplicator.ids();
    private final Deduplicator contents = Deduplicator.contents();
    private final ImportStatistics statistics = new ImportStatistics();
    private final List<Entry> entries = new ArrayList<>();
    private final List<CompletableFuture<Void>> publishing = new ArrayList<>();

    ImportRun(
            Stages stages,
            OpenSource source,
            ImportRecord record,
            ExampleEvents events,
            ExampleSink sink,
            CurationMetrics metrics) {
        this.stages = stages;
        this.source = source;
        this.record = record;
        this.journal = record.journal();
        this.events = events;
        this.sink = sink;
        this.metrics = metrics;
        record.others(entry -> {
            ids.add(entry.id());
            contents.add(entry.content());
        });
    }

    /**
     * @param workers at most {@code window} tasks are under way in each of the two parallel parts
     * @return the counts; those so far when the listener is gone
     */
    CurationReport run(Executor workers, int window, ImportListener listener) {
        Iterator<Work> selected = new MappedIterator<>(source.items(), this::select);
        try (OrderedParallelMap<Work, Work> withImage =
                        new OrderedParallelMap<>(selected, window, workers, this::fetchImage);
                OrderedParallelMap<Work, Work> finished = new OrderedParallelMap<>(
                        new MappedIterator<>(withImage, this::distinct), window, workers, this::finish)) {
            while (!listener.isGone() && finished.hasNext()) {
                publish(finished.next());
                listener.progressed(statistics.read(), source.total(), statistics.kept());
            }
            commit();
        }
        return statistics.report(events.dataset());
    }

    private Work select(FilterResult<SourceItem> parsed) {
        FilterResult<SourceItem> outcome = parsed.then(stages.prompts()::check)
                .then(item -> ids.first(idOf(item), item))
                .then(stages.safety()::check);
        return outcome instanceof FilterResult.Kept<SourceItem> kept
                ? lookUp(kept.value())
                : new Work.Ended(outcome, Optional.empty());
    }

    private long idOf(SourceItem item) {
        return Digest64.of(events.source(), item.id());
    }

    private Work lookUp(SourceItem item) {
        long digest = Digest64.of(
                stages.recipe(),
                item.id(),
                item.prompt(),
                item.negativePrompt(),
                item.simplePrompt(),
                item.image().toString(),
                source.images().version(item));
        OptionalLong published = journal.published(digest);
        if (published.isPresent()) {
            contents.add(published.getAsLong());
            return new Work.Ended(FilterResult.kept(item), Optional.empty());
        }
        return journal.rejected(digest)
                .<Work>map(rejection -> new Work.Ended(rejection, Optional.empty()))
                .orElseGet(() -> new Work.Selected(item, digest, idOf(item)));
    }

    private Work fetchImage(Work work) {
        if (!(work instanceof Work.Selected selected)) {
            return work;
        }
        SourceItem item = selected.item();
        FilterResult<InspectedImage> outcome = source.images().fetch(item).then(stages.inspector()::inspect);
        if (outcome instanceof FilterResult.Kept<InspectedImage> kept) {
            InspectedImage image = kept.value();
            return new Work.WithImage(selected, image, Digest64.of(image.sha256(), item.simplePrompt()));
        }
        return Work.ended(selected, (FilterResult.Rejected<InspectedImage>) outcome);
    }

    private Work distinct(Work work) {
        return work instanceof Work.WithImage withImage
                        && contents.first(withImage.content(), withImage) instanceof FilterResult.Rejected<?> again
                ? Work.ended(withImage.selected(), again)
                : work;
    }

    private Work finish(Work work) {
        if (!(work instanceof Work.WithImage withImage)) {
            return work;
        }
        SourceItem item = withImage.selected().item();
        InspectedImage image = withImage.image();
        FilterResult<ExampleCurated> outcome = stages.captions()
                .caption(item, image)
                .then(captioned -> stages.similarity().check(item, image, captioned))
                .then(checked -> FilterResult.kept(
                        events.event(item, image, checked, stages.images().put(image))));
        return outcome instanceof FilterResult.Kept<ExampleCurated> kept
                ? new Work.Example(withImage, kept.value())
                : Work.ended(withImage.selected(), (FilterResult.Rejected<ExampleCurated>) outcome);
    }

    private void publish(Work work) {
        if (work instanceof Work.Example example) {
            publishing.add(sink.publish(example.event()).toCompletableFuture());
            entries.add(example.withImage().published());
            count(FilterResult.kept(example));
        } else if (work instanceof Work.Ended ended) {
            ended.entry().ifPresent(entries::add);
            count(ended.outcome());
        }
        if (entries.size() >= SEGMENT) {
            commit();
        }
    }

    private void count(FilterResult<?> outcome) {
        statistics.count(outcome);
        metrics.count(outcome);
    }

    private void commit() {
        CompletableFuture.allOf(publishing.toArray(CompletableFuture[]::new)).join();
        publishing.clear();
        journal.append(entries);
        entries.clear();
        record.keep(statistics.report(events.dataset()));
    }
}
