package io.surstream.gateway.events;

import com.google.protobuf.Message;
import io.surstream.gateway.intake.JobIds;
import io.surstream.gateway.jobs.JobEvent;
import io.surstream.gateway.jobs.JobEventDecoder;
import io.surstream.streaming.EventCodec;
import io.surstream.streaming.MalformedEventException;
import io.surstream.streaming.Topic;
import io.surstream.streaming.Topics;
import io.surstream.v1.ImageProgressed;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;

/** Reads the five topics of the job view. What is malformed is left out here: the workers dead-letter it. */
public final class TopicFacts implements JobEventDecoder {

    private static final Logger LOG = Logger.getLogger(TopicFacts.class);

    private final Map<String, BiFunction<Record<String, byte[]>, Long, JobEvent>> readers = new HashMap<>();

    public TopicFacts(Topics topics) {
        read(topics, Topic.PROMPTS_SUBMITTED, PromptSubmitted.getDefaultInstance(), JobEvent.Submitted::new);
        read(topics, Topic.PROMPTS_ENCODED, PromptEncoded.getDefaultInstance(), JobEvent.Encoded::new);
        read(topics, Topic.PROMPTS_CANCELLED, PromptCancelled.getDefaultInstance(), JobEvent.Cancelled::new);
        read(topics, Topic.IMAGES_PROGRESSED, ImageProgressed.getDefaultInstance(), JobEvent.Progressed::new);
        read(topics, Topic.IMAGES_SAMPLED, ImageSampled.getDefaultInstance(), JobEvent.Sampled::new);
    }

    private <T extends Message> void read(Topics topics, Topic topic, T event, BiFunction<T, Long, JobEvent> fact) {
        EventCodec<T> codec = EventCodec.of(topic, event);
        readers.put(topics.name(topic), (record, at) -> fact.apply(codec.decode(record.value(), record.headers()), at));
    }

    /** Full names of the topics that are read. */
    public Set<String> topicNames() {
        return Set.copyOf(readers.keySet());
    }

    @Override
    public Optional<JobEvent> decode(String topic, Record<String, byte[]> record) {
        try {
            JobEvent fact = readers.get(topic).apply(record, record.timestamp());
            if (JobIds.valid(fact.jobId())) {
                return Optional.of(fact);
            }
            LOG.debugf("a record of %s names no job", topic);
        } catch (MalformedEventException e) {
            LOG.debugf("a record of %s is left out of the job view: %s", topic, e.reason());
        }
        return Optional.empty();
    }
}
