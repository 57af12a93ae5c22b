package io.surstream.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.surstream.gateway.config.GatewayConfig;
import io.surstream.gateway.events.TopicEventDecoder;
import io.surstream.gateway.events.TracedEvents;
import io.surstream.gateway.jobs.JobMeters;
import io.surstream.gateway.jobs.JobUpdates;
import io.surstream.gateway.jobs.JobsInFlight;
import io.surstream.gateway.view.JobTopology;
import io.surstream.gateway.view.RouterTopology;
import io.surstream.gateway.view.SkippedRecords;
import io.surstream.gateway.view.StreamsJobView;
import io.surstream.gateway.view.ViewProgress;
import io.surstream.gateway.view.ViewSettings;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.lag.GroupProgress;
import io.surstream.streaming.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the job view together and watches over it while it runs. */
final class JobViewLifecycle implements AutoCloseable {

    private static final double MILLIS = 1e3;

    private final GatewayConfig config;
    private final Map<String, Object> kafka;
    private final EventStreaming streaming;
    private final MeterRegistry meters;
    private final ViewSettings settings;
    private final TopicEventDecoder jobEvents;
    private final StreamsJobView view;
    private final List<KafkaStreamsMetrics> clientMetrics = new ArrayList<>();
    private volatile ViewProgress progress;

    JobViewLifecycle(
            GatewayConfig config,
            KafkaConfig kafka,
            EventStreaming streaming,
            MeterRegistry meters,
            JobUpdates updates) {
        this.config = config;
        this.kafka = kafka.settings().clientProperties(Map.of());
        this.streaming = streaming;
        this.meters = meters;
        this.settings = new ViewSettings(
                config.view().applicationId(),
                config.view().commitInterval(),
                config.view().threads(),
                config.view().stateFolder());
        SkippedRecords skipped = new SkippedRecords(meters);
        this.jobEvents = new TopicEventDecoder(streaming.topics(), skipped);
        this.view = view(updates, skipped);
        Meters.gauge(meters, Metric.VIEW_STALLED, this, JobViewLifecycle::stalledSeconds);
    }

    private StreamsJobView view(JobUpdates updates, SkippedRecords skipped) {
        JobsInFlight inFlight = new JobsInFlight(config.stalledAfter());
        Meters.gauge(meters, Metric.JOBS_OLDEST_AGE, inFlight, JobViewLifecycle::oldestAge);
        TracedEvents traces = new TracedEvents(streaming, settings.applicationId());
        RouterTopology router = new RouterTopology(jobEvents.topicNames(), ownTopic());
        JobTopology fold = new JobTopology(ownTopic(), streaming.topics().name(Topic.JOBS));
        JobTopology.Parts parts =
                new JobTopology.Parts(jobEvents, updates, inFlight, traces, new JobMeters(meters), config.retention());
        StreamsJobView.Steps steps = new StreamsJobView.Steps(
                () -> router.build(jobEvents, traces), partitions -> fold.build(parts, partitions), this::cluster);
        return new StreamsJobView(steps, inFlight, kafka, settings, skipped);
    }

    private StreamsJobView.Cluster cluster() {
        try (GroupProgress connection = streaming.groupProgress()) {
            int partitions = connection.partitions(Set.of(ownTopic())).size();
            return new StreamsJobView.Cluster(connection.clusterId(), partitions);
        }
    }

    private String ownTopic() {
        return streaming.topics().name(Topic.JOB_EVENTS);
    }

    /** Seconds. */
    private static double oldestAge(JobsInFlight jobs) {
        long now = System.currentTimeMillis();
        return Math.max(0, now - jobs.oldestSubmission().orElse(now)) / MILLIS;
    }

    private double stalledSeconds() {
        ViewProgress watch = progress;
        return (watch == null ? Duration.ZERO : watch.stalledFor()).toMillis() / MILLIS;
    }

    /** Returns when jobs can be asked for; may be called again when it failed. */
    StreamsJobView start() {
        view.start();
        view.clients().forEach(client -> {
            KafkaStreamsMetrics bound = new KafkaStreamsMetrics(client);
            bound.bindTo(meters);
            clientMetrics.add(bound);
        });
        progress = new ViewProgress(
                streaming::groupProgress,
                view,
                Map.of(
                        settings.applicationId(),
                        jobEvents.topicNames(),
                        settings.foldId(cluster().partitions()),
                        Set.of(ownTopic())),
                config.view().progressTimeout());
        return view;
    }

    StreamsJobView view() {
        return view;
    }

    /** Why the view makes no progress; empty while it does. */
    Optional<String> problem() {
        return Optional.ofNullable(progress).flatMap(ViewProgress::problem);
    }

    @Override
    public void close() {
        clientMetrics.forEach(KafkaStreamsMetrics::close);
        if (progress != null) {
            progress.close();
        }
        view.close();
    }
}
