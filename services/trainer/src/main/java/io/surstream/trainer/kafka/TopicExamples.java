package io.surstream.trainer.kafka;

import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.Topic;
import io.surstream.streaming.TopicScan;
import io.surstream.trainer.assemble.ExampleFeed;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.PromptTaught;
import java.util.function.Consumer;

/** The two compacted topics, read from their start to their present end, and on from there. One thread. */
final class TopicExamples implements ExampleFeed {
    private final EventStreaming streaming;
    private TopicScan<ExampleCurated> curated;
    private TopicScan<PromptTaught> taught;

    TopicExamples(EventStreaming streaming) {
        this.streaming = streaming;
    }

    @Override
    public void curated(Consumer<ExampleCurated> listener) {
        if (curated == null) {
            curated = streaming.scan("examples", Topic.EXAMPLES_CURATED, ExampleCurated.getDefaultInstance());
        }
        curated.toEnd(incoming -> listener.accept(incoming.event()));
    }

    @Override
    public void taught(Consumer<PromptTaught> listener) {
        if (taught == null) {
            taught = streaming.scan("vectors", Topic.EXAMPLES_TAUGHT, PromptTaught.getDefaultInstance());
        }
        taught.toEnd(incoming -> listener.accept(incoming.event()));
    }

    @Override
    public void rewindTaught() {
        if (taught != null) {
            taught.close();
            taught = null;
        }
    }

    @Override
    public void close() {
        rewindTaught();
        if (curated != null) {
            curated.close();
        }
    }
}
