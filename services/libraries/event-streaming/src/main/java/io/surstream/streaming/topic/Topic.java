package io.surstream.streaming.topic;

import com.google.protobuf.Descriptors.Descriptor;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.ImageProgressed;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.Job;
import io.surstream.v1.JobEvent;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptEmbedded;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingRequested;
import java.time.Duration;
import java.util.Optional;

/** Every topic and the one event it carries. What the key is, the event's own description says. */
public enum Topic {
    PROMPTS_SUBMITTED("prompts.submitted", PromptSubmitted.getDescriptor(), Cleanup.DELETE, Duration.ofDays(7)),
    PROMPTS_ENCODED("prompts.encoded", PromptEncoded.getDescriptor(), Cleanup.DELETE, Duration.ofDays(7)),
    PROMPTS_CANCELLED("prompts.cancelled", PromptCancelled.getDescriptor(), Cleanup.DELETE, Duration.ofDays(7)),
    IMAGES_PROGRESSED("images.progressed", ImageProgressed.getDescriptor(), Cleanup.DELETE, Duration.ofHours(1)),
    IMAGES_SAMPLED("images.sampled", ImageSampled.getDescriptor(), Cleanup.DELETE, Duration.ofDays(7)),
    JOB_EVENTS("job-events", JobEvent.getDescriptor(), Cleanup.DELETE, Duration.ofDays(1)),
    JOBS("jobs", Job.getDescriptor(), Cleanup.COMPACT, null),
    EXAMPLES_CURATED("examples.curated", ExampleCurated.getDescriptor(), Cleanup.COMPACT, null),
    EXAMPLES_EMBEDDED("examples.embedded", PromptEmbedded.getDescriptor(), Cleanup.COMPACT, null),
    TRAINING_REQUESTED("training.requested", TrainingRequested.getDescriptor(), Cleanup.DELETE, Duration.ofDays(30)),
    TRAINING_PROGRESSED("training.progressed", TrainingProgressed.getDescriptor(), Cleanup.DELETE, Duration.ofDays(7)),
    CHECKPOINTS_PUBLISHED("checkpoints.published", CheckpointPublished.getDescriptor(), Cleanup.COMPACT, null),
    CHECKPOINTS_EVALUATED("checkpoints.evaluated", CheckpointEvaluated.getDescriptor(), Cleanup.COMPACT, null),
    ADAPTERS_PROMOTED("adapters.promoted", AdapterPromoted.getDescriptor(), Cleanup.COMPACT, null),
    /** Original bytes of any topic; without an event type. */
    DEAD_LETTERS("dead-letters", null, Cleanup.DELETE, Duration.ofDays(30));

    /** What the broker does with old records. */
    public enum Cleanup {
        DELETE,
        COMPACT;

        String configValue() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final String shortName;
    private final Descriptor event;
    private final Cleanup cleanup;
    private final Duration retention;

    Topic(String shortName, Descriptor event, Cleanup cleanup, Duration retention) {
        this.shortName = shortName;
        this.event = event;
        this.cleanup = cleanup;
        this.retention = retention;
    }

    /** The name without the prefix. */
    public String shortName() {
        return shortName;
    }

    /** Empty for dead letters. */
    public Optional<Descriptor> event() {
        return Optional.ofNullable(event);
    }

    public Cleanup cleanup() {
        return cleanup;
    }

    /** Unless a setting says otherwise; empty for compacted topics, which keep the last record of a key. */
    public Optional<Duration> retention() {
        return Optional.ofNullable(retention);
    }

    /**
     * Whether it may get more partitions once it has records. Where readers need all records of a key in one partition it may not: the
     * job view folds {@code job-events}, and a compacted topic keeps the last record of a key in each partition.
     */
    public boolean mayGrow() {
        return cleanup == Cleanup.DELETE && this != JOB_EVENTS;
    }

    /** Largest record in bytes. Dead letters need room for another topic's record and its headers. */
    public int maxMessageBytes() {
        return this == DEAD_LETTERS ? 1 << 21 : 1 << 20;
    }
}
