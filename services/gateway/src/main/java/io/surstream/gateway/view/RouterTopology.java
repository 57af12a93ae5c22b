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
 * prompts.cancelled ├→ router → job-facts (key: job id)
 * images.progressed │
 * images.sampled    ┘
 * </pre>
 *
 * @param factTopics full names of the five topics, each with any number of partitions and any keys
 * @param jobFactsTopic full name of the view's own topic
 */
public record RouterTopology(Set<String> factTopics, String jobFactsTopic) {

    private static final String FACTS = "facts";
    private static final String ROUTER = "router";

    public Topology build(FactDecoder decoder, FactTraces traces) {
        return new Topology()
                .addSource(
                        FACTS,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        factTopics.toArray(String[]::new))
                .addProcessor(ROUTER, () -> new FactRouter(decoder, traces), FACTS)
                .addSink(
                        "job-facts",
                        jobFactsTopic,
                        new StringSerializer(),
                        (topic, fact) -> fact == null ? null : ((com.google.protobuf.Message) fact).toByteArray(),
                        ROUTER);
    }
}
