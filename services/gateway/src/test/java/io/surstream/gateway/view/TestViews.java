package io.surstream.gateway.view;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.gateway.events.TopicEventDecoder;
import io.surstream.gateway.events.TracedEvents;
import io.surstream.gateway.jobs.JobMeters;
import io.surstream.gateway.jobs.JobUpdates;
import io.surstream.gateway.jobs.JobsInFlight;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.lag.GroupProgress;
import io.surstream.streaming.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Views as the gateway puts them together. */
final class TestViews {

    private TestViews() {}

    static StreamsJobView of(
            EventStreaming streaming,
            Map<String, Object> kafka,
            String applicationId,
            Path folder,
            JobUpdates updates) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        SkippedRecords skipped = new SkippedRecords(meters);
        TopicEventDecoder jobEvents = new TopicEventDecoder(streaming.topics(), skipped);
        TracedEvents traces = new TracedEvents(streaming, applicationId);
        JobsInFlight inFlight = new JobsInFlight(Duration.ofHours(1));
        String own = streaming.topics().name(Topic.JOB_EVENTS);
        JobTopology.Parts parts =
                new JobTopology.Parts(jobEvents, updates, inFlight, traces, new JobMeters(meters), Duration.ofDays(1));
        StreamsJobView.Steps steps = new StreamsJobView.Steps(
                () -> new RouterTopology(jobEvents.topicNames(), own).build(jobEvents, traces),
                partitions -> new JobTopology(own, streaming.topics().name(Topic.JOBS)).build(parts, partitions),
                () -> cluster(streaming));
        ViewSettings settings = new ViewSettings(applicationId, Duration.ofMillis(50), 1, Optional.of(folder));
        return new StreamsJobView(steps, inFlight, kafka, settings, skipped);
    }

    private static StreamsJobView.Cluster cluster(EventStreaming streaming) {
        try (GroupProgress connection = streaming.groupProgress()) {
            int partitions = connection
                    .partitions(Set.of(streaming.topics().name(Topic.JOB_EVENTS)))
                    .size();
            return new StreamsJobView.Cluster(connection.clusterId(), partitions);
        }
    }
}
