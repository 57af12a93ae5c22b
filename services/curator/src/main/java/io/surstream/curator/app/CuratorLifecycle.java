package io.surstream.curator.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.surstream.access.GrpcConfig;
import io.surstream.curator.Curation;
import io.surstream.curator.publish.ExampleSink;
import io.surstream.curator.publish.KafkaExamples;
import io.surstream.keys.UnknownSettings;
import io.surstream.metrics.ProcessMeters;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.serviceruntime.lifecycle.RetryingStartup;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.streaming.tracing.TraceContext;
import io.surstream.v1.ImportRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Start: make topics and bucket in the background, until cluster and store are there. Stop: flush. */
@ApplicationScoped
public class CuratorLifecycle {
    /** Topics that curator reads, writes or watches. */
    public static final Set<Topic> TOPICS = Set.of(Topic.EXAMPLES_CURATED);

    private final CuratorAssembly.Parts parts;
    private final KafkaConfig kafka;
    private final MeterRegistry meters;
    private EventStreaming streaming;
    private RetryingStartup<KafkaExamples> sink;

    CuratorLifecycle(CuratorAssembly.Parts parts, KafkaConfig kafka, MeterRegistry meters) {
        this.parts = parts;
        this.kafka = kafka;
        this.meters = meters;
    }

    /** Before anything is loaded. */
    static void refuseUnknownSettings(@Observes @Priority(UnknownSettings.PRIORITY) StartupEvent event) {
        UnknownSettings.refuse(ConfigProvider.getConfig());
    }

    void start(
            @Observes StartupEvent event,
            GrpcConfig grpc,
            @ConfigProperty(name = GrpcConfig.AUTHORITIES) Optional<List<Path>> authorities) {
        grpc.check(authorities);
        ProcessMeters.bind(meters);
        streaming = new EventStreaming(kafka.settings(), kafka.catalogue(), Curation.STAGE, meters);
        sink = RetryingStartup.of(Curation.STAGE, () -> {
            streaming.ensureTopics(TOPICS);
            parts.store().ensureBucket();
            return new KafkaExamples(streaming.publisher());
        });
    }

    void stop(@Observes ShutdownEvent event) {
        sink.close();
    }

    /** Where examples go; empty until cluster and store have answered. */
    public Optional<ExampleSink> sink() {
        return Optional.ofNullable(sink).map(RetryingStartup::started);
    }

    /** Lets this thread work on an import, in a span of its own below that of the call which asked for it. */
    public LogContext scope(ImportRequest request) {
        String call = TraceContext.current().map(TraceContext::traceparent).orElse("");
        return streaming.work("import", request, call);
    }

    boolean isLive() {
        return sink == null || sink.failure() == null;
    }
}
