package io.surstream.streaming;

import io.surstream.streaming.follow.FencedTopicLog;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointPublished;
import java.util.Comparator;

/** The topics that are read as the last event of each name, and what their names are. */
public final class FencedTopicLogs {

    private FencedTopicLogs() {}

    /** Promotions by channel; the last one has the highest sequence. */
    public static FencedTopicLog<AdapterPromoted> promotions(EventStreaming streaming) {
        return streaming.fencedLog(
                Topic.ADAPTERS_PROMOTED,
                AdapterPromoted.getDefaultInstance(),
                new FencedTopicLog.Naming<>(
                        AdapterPromoted::getChannel, Comparator.comparingLong(AdapterPromoted::getSequence)));
    }

    /** Checkpoints by RUN/STEP. */
    public static FencedTopicLog<CheckpointPublished> checkpoints(EventStreaming streaming) {
        return streaming.fencedLog(
                Topic.CHECKPOINTS_PUBLISHED,
                CheckpointPublished.getDefaultInstance(),
                new FencedTopicLog.Naming<>(
                        checkpoint -> checkpoint.getRunId() + "/" + checkpoint.getGlobalStep(),
                        Comparator.comparingLong(CheckpointPublished::getPublishedAtMs)));
    }

    /** Evaluations by the adapter's revision. */
    public static FencedTopicLog<CheckpointEvaluated> evaluations(EventStreaming streaming) {
        return streaming.fencedLog(
                Topic.CHECKPOINTS_EVALUATED,
                CheckpointEvaluated.getDefaultInstance(),
                new FencedTopicLog.Naming<>(
                        evaluated -> evaluated.getCheckpoint().getRevision(),
                        Comparator.comparingLong(CheckpointEvaluated::getEvaluatedAtMs)));
    }
}
