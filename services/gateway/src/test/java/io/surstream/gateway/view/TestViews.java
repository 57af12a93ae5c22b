package io.surstream.gateway.view;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.gateway.events.TopicFacts;
import io.surstream.gateway.events.TracedFacts;
import io.surstream.gateway.jobs.JobMeters;
import io.surstream.gateway.jobs.JobUpdates;
import io.surstream.gateway.jobs.JobsInFlight;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.Topic;
import java.time.Duration;
import java.util.Map;

/** Views as the gateway puts them together. */
final class TestViews {

    private TestViews() {}

    static StreamsJobView of(
            EventStreaming streaming, Map<String, Object> kafka, String applicationId, JobUpdates updates) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        SkippedRecords skipped = new SkippedRecords(meters);
        TopicFacts facts = new TopicFacts(streaming.topics(), skipped);
        TracedFacts traces = new TracedFacts(streaming, applicationId);
        JobsInFlight inFlight = new JobsInFlight(Duration.ofHours(1));
        String own = streaming.topics().name(Topic.JOB_FACTS);
        JobTopology.Parts parts =
                new JobTopology.Parts(facts, updates, inFlight, traces, new JobMeters(meters), Duration.ofDays(1));
        return new StreamsJobView(
                () -> new RouterTopology(facts.topicNames(), own).build(facts, traces),
                () -> new JobTopology(own, streaming.topics().name(Topic.JOBS)).build(parts),
                inFlight,
                kafka,
                new ViewSettings(applicationId, Duration.ofMillis(50), 1),
                skipped);
    }
}
