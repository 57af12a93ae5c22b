package io.surstream.trainer.kafka;

import com.google.protobuf.Message;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.follow.TopicScan;
import io.surstream.streaming.topic.Topic;
import io.surstream.trainer.assemble.ExampleFeed;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.PromptEmbedded;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The two compacted topics, read from their start to their present end, and on from there. Needed examples are linked
 * to the span of the reading thread, within a span's limit. One thread.
 */
final class TopicExamples implements ExampleFeed {
    /** Most links of a span, by OpenTelemetry's defaults. */
    private static final int MOST_LINKS = 128;

    private final EventStreaming streaming;
    private final Set<String> linked = new HashSet<>();
    private TopicScan<ExampleCurated> curated;
    private TopicScan<PromptEmbedded> embedded;

    TopicExamples(EventStreaming streaming) {
        this.streaming = streaming;
    }

    @Override
    public void curated(Predicate<ExampleCurated> listener) {
        if (curated == null) {
            curated = streaming.scan("examples", Topic.EXAMPLES_CURATED, ExampleCurated.getDefaultInstance());
        }
        hear(curated, listener);
    }

    @Override
    public void embedded(Predicate<PromptEmbedded> listener) {
        if (embedded == null) {
            embedded = streaming.scan("vectors", Topic.EXAMPLES_EMBEDDED, PromptEmbedded.getDefaultInstance());
        }
        hear(embedded, listener);
    }

    private <T extends Message> void hear(TopicScan<T> scan, Predicate<T> listener) {
        scan.toEnd(incoming -> {
            if (listener.test(incoming.event())
                    && linked.size() < MOST_LINKS
                    && linked.add(incoming.trace().traceId())) {
                incoming.link();
            }
        });
    }

    @Override
    public void rewindEmbedded() {
        if (embedded != null) {
            embedded.close();
            embedded = null;
        }
    }

    @Override
    public void close() {
        rewindEmbedded();
        if (curated != null) {
            curated.close();
        }
    }
}
