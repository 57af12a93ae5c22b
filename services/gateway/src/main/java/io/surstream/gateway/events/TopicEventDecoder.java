package io.surstream.gateway.events;

import com.google.protobuf.Message;
import io.surstream.contract.JobId;
import io.surstream.contract.RequestDigest;
import io.surstream.gateway.view.JobEventDecoder;
import io.surstream.gateway.view.SkippedRecords;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.codec.MalformedEventException;
import io.surstream.streaming.event.RecordTime;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.ImageProgressed;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.JobEvent;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.Record;

/** Reads the five topics of the job view and its own. What is malformed is left out here: the workers dead-letter it. Thread-safe. */
public final class TopicEventDecoder implements JobEventDecoder {

    /** Bytes; a record that is larger although its texts are cut is none of our workers'. */
    private static final int MAX_EVENT = 512 << 10;

    private final Map<String, Reader<?>> readers = new HashMap<>();
    private final String ownTopic;
    private final SkippedRecords skipped;

    /** Reads one topic's record into the job view's event. */
    private record Reader<T extends Message>(EventCodec<T> codec, BiConsumer<JobEvent.Builder, T> fill) {
        JobEvent read(Record<?, byte[]> record) {
            JobEvent.Builder jobEvent = JobEvent.newBuilder().setAtMs(record.timestamp());
            fill.accept(jobEvent, codec.decode(record.value(), record.headers()));
            return jobEvent.build();
        }
    }

    public TopicEventDecoder(Topics topics, SkippedRecords skipped) {
        this.skipped = skipped;
        this.ownTopic = topics.name(Topic.JOB_EVENTS);
        read(topics, Topic.PROMPTS_SUBMITTED, PromptSubmitted.getDefaultInstance(), TopicEventDecoder::submitted);
        read(topics, Topic.PROMPTS_ENCODED, PromptEncoded.getDefaultInstance(), (jobEvent, event) -> jobEvent.setJobId(
                        event.getJobId())
                .setEncoded(event));
        read(
                topics,
                Topic.PROMPTS_CANCELLED,
                PromptCancelled.getDefaultInstance(),
                (jobEvent, event) -> jobEvent.setJobId(event.getJobId()).setCancelled(event));
        read(
                topics,
                Topic.IMAGES_PROGRESSED,
                ImageProgressed.getDefaultInstance(),
                (jobEvent, event) -> jobEvent.setJobId(event.getJobId()).setProgressed(event));
        read(topics, Topic.IMAGES_SAMPLED, ImageSampled.getDefaultInstance(), (jobEvent, event) -> jobEvent.setJobId(
                        event.getJobId())
                .setSampled(event));
        read(topics, Topic.JOB_EVENTS, JobEvent.getDefaultInstance(), JobEvent.Builder::mergeFrom);
    }

    private <T extends Message> void read(Topics topics, Topic topic, T event, BiConsumer<JobEvent.Builder, T> fill) {
        readers.put(topics.name(topic), new Reader<>(EventCodec.of(topic, event), fill));
    }

    private static void submitted(JobEvent.Builder jobEvent, PromptSubmitted event) {
        long submittedAtMs = event.getSubmittedAtMs() == 0
                ? jobEvent.getAtMs()
                : RecordTime.of(event.getSubmittedAtMs(), Instant.now()).toEpochMilli();
        jobEvent.setJobId(event.getJobId())
                .setRequestSha256(RequestDigest.of(event))
                .setSubmitted(event.toBuilder().setSubmittedAtMs(submittedAtMs));
    }

    /** Full names of the five topics. */
    public Set<String> topicNames() {
        return readers.keySet().stream()
                .filter(topic -> !topic.equals(ownTopic))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<JobEvent> decode(String topic, Record<?, byte[]> record) {
        try {
            return accepted(topic, BoundedEvent.of(readers.get(topic).read(record)));
        } catch (MalformedEventException e) {
            // The message quotes the record, which may contain a user's prompt; the dead letter has it.
            skipped.skip(topic, e.reason().name(), "it is not this topic's event; see its dead letter");
        } catch (RuntimeException e) {
            skipped.skip(topic, "UNREADABLE", e.getClass().getName());
        }
        return Optional.empty();
    }

    private Optional<JobEvent> accepted(String topic, JobEvent jobEvent) {
        if (!JobId.isValid(jobEvent.getJobId())) {
            skipped.skip(topic, "NO_JOB_ID", "the value's job id must have " + JobId.LIMIT);
            return Optional.empty();
        }
        if (jobEvent.getSerializedSize() > MAX_EVENT) {
            skipped.skip(
                    topic,
                    "TOO_LARGE",
                    "job %s: %,d bytes, and at most %,d are kept of an event"
                            .formatted(jobEvent.getJobId(), jobEvent.getSerializedSize(), MAX_EVENT));
            return Optional.empty();
        }
        return Optional.of(jobEvent);
    }
}
