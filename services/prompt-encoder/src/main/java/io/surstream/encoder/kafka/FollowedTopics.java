package io.surstream.encoder.kafka;

import io.surstream.contract.JobId;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.event.PermanentEventException;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.PromptCancelled;
import java.util.List;

/**
 * Topics that apps and people write and that services only follow. All encoders together dead-letter what no follower
 * can use of them, once. A cancellation that nobody understands cancels nothing, so its job continues.
 */
final class FollowedTopics implements AutoCloseable {
    private final List<EventWorker> workers;

    private FollowedTopics(List<EventWorker> workers) {
        this.workers = workers;
    }

    /** @param encoders consumer group of the encoders; the members of this one are no encoders, so they have a group beside it */
    static FollowedTopics open(EventStreaming streaming, String encoders) {
        String group = encoders + "-dead-letters";
        return new FollowedTopics(List.of(
                streaming.deadLetterWorker(
                        WorkerDefinition.of(
                                "prompt-encoder-cancelled",
                                Topic.PROMPTS_CANCELLED,
                                PromptCancelled.getDefaultInstance(),
                                DeadLetterListener.silent()),
                        group,
                        FollowedTopics::check),
                streaming.deadLetterWorker(
                        WorkerDefinition.of(
                                "prompt-encoder-promoted",
                                Topic.ADAPTERS_PROMOTED,
                                AdapterPromoted.getDefaultInstance(),
                                DeadLetterListener.silent()),
                        group,
                        FollowedTopics::check)));
    }

    static void check(PromptCancelled cancelled) {
        if (!JobId.isValid(cancelled.getJobId())) {
            throw refused("job_id", cancelled.getJobId(), JobId.LIMIT);
        }
    }

    static void check(AdapterPromoted promoted) {
        if (promoted.getChannel().isEmpty()) {
            throw refused("channel", "", "live or canary");
        }
        if (promoted.getRevision().isEmpty()) {
            throw refused("revision", "", "a revision, none or model");
        }
    }

    private static PermanentEventException refused(String field, String value, String limit) {
        return new PermanentEventException(
                FailureType.INVALID_ARGUMENT, field + " must be " + limit + " but is \"" + Failures.shown(value) + '"');
    }

    boolean isLive() {
        return workers.stream().allMatch(EventWorker::isLive);
    }

    @Override
    public void close() {
        workers.forEach(EventWorker::close);
    }
}
