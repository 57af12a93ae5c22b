package io.surstream.curator;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.contract.ResourceName;
import io.surstream.contract.ServiceName;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.curator.journal.ImportRecord;
import io.surstream.curator.publish.ExampleEvents;
import io.surstream.curator.publish.ExampleSink;
import io.surstream.curator.report.ImportRefusedException;
import io.surstream.curator.source.OpenSource;
import io.surstream.curator.source.Sources;
import io.surstream.storage.ObjectStore;
import io.surstream.v1.CurationReport;
import io.surstream.v1.Failure;
import io.surstream.v1.ImportRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Imports sources into datasets, one at a time into each dataset. Thread-safe. */
public final class Curation implements AutoCloseable {
    /** The name of this service in failures. */
    public static final String STAGE = ServiceName.CURATOR.label();

    private final Sources sources;
    private final ObjectStore store;
    private final Stages stages;
    private final int concurrency;
    private final Clock clock;
    private final CurationMetrics metrics;
    private final ExecutorService workers;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /**
     * @param store stays the caller's
     * @param concurrency images in work at the same time, in all imports together
     */
    public Curation(
            Sources sources, ObjectStore store, Stages stages, int concurrency, Clock clock, MeterRegistry meters) {
        this.sources = sources;
        this.store = store;
        this.stages = stages;
        this.concurrency = concurrency;
        this.clock = clock;
        this.metrics = new CurationMetrics(meters);
        this.workers = Executors.newFixedThreadPool(concurrency, task -> new Thread(task, "curator-images"));
    }

    /**
     * Imports a source, or continues where an earlier import of it stopped.
     *
     * @return this import's counts; those so far when the listener is gone
     * @throws ImportRefusedException when the request or its source is wrong, or the dataset is busy
     * @throws java.util.concurrent.CompletionException when examples cannot be stored or published; asking again
     *     continues
     */
    public CurationReport run(ImportRequest request, ExampleSink sink, ImportListener listener) throws IOException {
        String dataset = request.getDataset();
        requireName(dataset);
        if (!underWay.add(dataset)) {
            throw new ImportRefusedException(failure(FailureType.BUSY, dataset, "one import at a time")
                    .setMessage("another import into dataset '" + dataset + "' is under way; wait for it")
                    .build());
        }
        try (OpenSource source = sources.open(request.getSource(), request.getKind(), request.getImages())) {
            String kind = source.kind().word();
            requireItems(request, source);
            ImportRecord record = new ImportRecord(store, dataset, kind + ' ' + sources.fullName(request.getSource()));
            ExampleEvents events = new ExampleEvents(dataset, kind, record.startedAtMs(clock.millis()));
            return new ImportRun(stages, source, record, events, sink, metrics).run(workers, concurrency, listener);
        } finally {
            underWay.remove(dataset);
        }
    }

    /**
     * All imports of a dataset together.
     *
     * @throws ImportRefusedException when there are none
     */
    public CurationReport report(String dataset) {
        requireName(dataset);
        return ImportRecord.report(store, dataset)
                .orElseThrow(
                        () -> new ImportRefusedException(failure(FailureType.NOT_FOUND, dataset, "an imported dataset")
                                .setMessage("nothing was imported into dataset '" + dataset
                                        + "' yet; do that with 'surstream dataset import'")
                                .build()));
    }

    /** A source of which nothing is understood must not pass for one that is imported. */
    private static void requireItems(ImportRequest request, OpenSource source) {
        if (!source.items().hasNext()) {
            throw ImportRefusedException.of(
                    "source",
                    request.getSource(),
                    source.kind().shape(),
                    "no item was found in " + request.getSource() + "; a source of kind "
                            + source.kind().word() + " has " + source.kind().shape()
                            + ". Name another kind, if it has one");
        }
    }

    private static void requireName(String dataset) {
        if (!ResourceName.isValid(dataset)) {
            throw new ImportRefusedException(failure(FailureType.INVALID_ARGUMENT, dataset, ResourceName.LIMIT)
                    .setMessage("dataset must be " + ResourceName.LIMIT + " but is '" + dataset + "'")
                    .build());
        }
    }

    private static Failure.Builder failure(FailureType type, String dataset, String limit) {
        return Failures.of(type, "dataset", dataset, limit, "").toBuilder().setStage(STAGE);
    }

    /** Ends work under way. */
    @Override
    public void close() {
        workers.shutdownNow();
    }
}
