package io.surstream.gateway.events;

import com.google.protobuf.Message;
import io.surstream.contract.JobId;
import io.surstream.contract.RequestDigest;
import io.surstream.gateway.view.FactDecoder;
import io.surstream.gateway.view.SkippedRecords;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.codec.MalformedEventException;
import io.surstream.streaming.event.RecordTime;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.ImageProgressed;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.JobFact;
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
public final class TopicFacts implements FactDecoder {

    /** Bytes; a record that is larger although its texts are cut is none of our workers'. */
    private static final int MAX_FACT = 512 << 10;

    private final Map<String, Reader<?>> readers = new HashMap<>();
    private final String ownTopic;
    private final SkippedRecords skipped;

    /** Reads one topic's event into a fact. */
    private record Reader<T extends Message>(EventCodec<T> codec, BiConsumer<JobFact.Builder, T> fill) {
        JobFact read(Record<?, byte[]> record) {
            JobFact.Builder fact = JobFact.newBuilder().setAtMs(record.timestamp());
            fill.accept(fact, codec.decode(record.value(), record.headers()));
            return fact.build();
        }
    }

    public TopicFacts(Topics topics, SkippedRecords skipped) {
        this.skipped = skipped;
        this.ownTopic = topics.name(Topic.JOB_FACTS);
        read(topics, Topic.PROMPTS_SUBMITTED, PromptSubmitted.getDefaultInstance(), TopicFacts::submitted);
        read(topics, Topic.PROMPTS_ENCODED, PromptEncoded.getDefaultInstance(), (fact, event) -> fact.setJobId(
                        event.getJobId())
                .setEncoded(event));
        read(topics, Topic.PROMPTS_CANCELLED, PromptCancelled.getDefaultInstance(), (fact, event) -> fact.setJobId(
                        event.getJobId())
                .setCancelled(event));
        read(topics, Topic.IMAGES_PROGRESSED, ImageProgressed.getDefaultInstance(), (fact, event) -> fact.setJobId(
                        event.getJobId())
                .setProgressed(event));
        read(topics, Topic.IMAGES_SAMPLED, ImageSampled.getDefaultInstance(), (fact, event) -> fact.setJobId(
                        event.getJobId())
                .setSampled(event));
        read(topics, Topic.JOB_FACTS, JobFact.getDefaultInstance(), JobFact.Builder::mergeFrom);
    }

    private <T extends Message> void read(Topics topics, Topic topic, T event, BiConsumer<JobFact.Builder, T> fill) {
        readers.put(topics.name(topic), new Reader<>(EventCodec.of(topic, event), fill));
    }

    private static void submitted(JobFact.Builder fact, PromptSubmitted event) {
        long submittedAtMs = event.getSubmittedAtMs() == 0
                ? fact.getAtMs()
                : RecordTime.of(event.getSubmittedAtMs(), Instant.now()).toEpochMilli();
        fact.setJobId(event.getJobId())
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
    public Optional<JobFact> decode(String topic, Record<?, byte[]> record) {
        try {
            return accepted(topic, BoundedFact.of(readers.get(topic).read(record)));
        } catch (MalformedEventException e) {
            // The message quotes the record, which may be somebody's prompt; the dead letter has it.
            skipped.skip(topic, e.reason().name(), "it is not this topic's event; see its dead letter");
        } catch (RuntimeException e) {
            skipped.skip(topic, "UNREADABLE", e.getClass().getName());
        }
        return Optional.empty();
    }

    private Optional<JobFact> accepted(String topic, JobFact fact) {
        if (!JobId.isValid(fact.getJobId())) {
            skipped.skip(topic, "NO_JOB_ID", "the value's job id must have " + JobId.LIMIT);
            return Optional.empty();
        }
        if (fact.getSerializedSize() > MAX_FACT) {
            skipped.skip(
                    topic,
                    "TOO_LARGE",
                    "job %s: %,d bytes, and at most %,d are kept of a fact"
                            .formatted(fact.getJobId(), fact.getSerializedSize(), MAX_FACT));
            return Optional.empty();
        }
        return Optional.of(fact);
    }
}
