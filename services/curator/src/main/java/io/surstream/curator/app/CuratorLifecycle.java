package io.surstream.curator.app;

import io.surstream.curator.Curation;
import io.surstream.curator.publish.ExampleSink;
import io.surstream.curator.publish.KafkaExamples;
import io.surstream.serviceruntime.lifecycle.ServiceLifecycle;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.streaming.tracing.TraceContext;
import io.surstream.v1.ImportRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Makes topics and bucket; before they are there, no import starts. */
@ApplicationScoped
public class CuratorLifecycle implements ServiceLifecycle {
    /** Topics that curator reads, writes or watches. */
    public static final Set<Topic> TOPICS = Set.of(Topic.EXAMPLES_CURATED);

    private final CuratorAssembly.Parts parts;
    private volatile EventStreaming streaming;
    private volatile ExampleSink sink;

    CuratorLifecycle(CuratorAssembly.Parts parts) {
        this.parts = parts;
    }

    @Override
    public String name() {
        return Curation.STAGE;
    }

    @Override
    public KafkaExamples start(EventStreaming streaming) {
        streaming.ensureTopics(TOPICS);
        parts.store().ensureBucket();
        this.streaming = streaming;
        KafkaExamples examples = new KafkaExamples(streaming.publisher());
        sink = examples;
        return examples;
    }

    /** Where examples go; empty until cluster and store have answered. */
    public Optional<ExampleSink> sink() {
        return Optional.ofNullable(sink);
    }

    /** Lets this thread work on an import, in a span of its own below that of the call which asked for it. */
    public LogContext scope(ImportRequest request) {
        String call = TraceContext.current().map(TraceContext::traceparent).orElse("");
        return streaming.work("import", request, call);
    }
}
