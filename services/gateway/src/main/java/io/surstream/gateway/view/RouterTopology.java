package io.surstream.gateway.view;

import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/**
 * The first step of the job view:
 *
 * <pre>
 * prompts.submitted ┐
 * prompts.encoded   │
 * prompts.cancelled ├→ router → job-events (key: job id)
 * images.progressed │
 * images.sampled    ┘
 * </pre>
 *
 * @param eventTopics full names of the five topics, each with any number of partitions and any keys
 * @param jobEventsTopic full name of the view's own topic
 */
public record RouterTopology(Set<String> eventTopics, String jobEventsTopic) {

    private static final String JOB_EVENTS = "events";
    private static final String ROUTER = "router";

    public Topology build(JobEventDecoder decoder, EventTraces traces) {
        return new Topology()
                .addSource(
                        JOB_EVENTS,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        eventTopics.toArray(String[]::new))
                .addProcessor(ROUTER, () -> new JobEventRouter(decoder, traces), JOB_EVENTS)
                .addSink(
                        "job-events",
                        jobEventsTopic,
                        new StringSerializer(),
                        (topic, jobEvent) ->
                                jobEvent == null ? null : ((com.google.protobuf.Message) jobEvent).toByteArray(),
                        ROUTER);
    }
}
