package io.surstream.encoder.kafka;

import io.surstream.encoder.adapters.AdapterOrigin;
import io.surstream.encoder.adapters.PromotedAdapters;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.follow.TopicScan;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointPublished;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Receives checkpoints, which may be requested by revision, and of promotions. */
final class AdapterUpdatesConsumer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<EventWorker> followers;

    private AdapterUpdatesConsumer(List<EventWorker> followers) {
        this.followers = followers;
    }

    /** @param promotions false where a setting says which adapter is live */
    static AdapterUpdatesConsumer open(EventStreaming streaming, PromotedAdapters adapters, boolean promotions) {
        if (promotions) {
            applyPresentState(streaming, adapters);
        }
        List<EventWorker> followers = new ArrayList<>();
        followers.add(streaming.followFromStart(
                "prompt-encoder-checkpoints",
                Topic.CHECKPOINTS_PUBLISHED,
                CheckpointPublished.getDefaultInstance(),
                event -> adapters.remember(AdapterOrigin.of(event.event()))));
        if (promotions) {
            followers.add(streaming.followFromStart(
                    "prompt-encoder-promotions",
                    Topic.ADAPTERS_PROMOTED,
                    AdapterPromoted.getDefaultInstance(),
                    event -> adapters.hear(event.event())));
        }
        return new AdapterUpdatesConsumer(followers);
    }

    private static void applyPresentState(EventStreaming streaming, PromotedAdapters adapters) {
        try (TopicScan<AdapterPromoted> scan = streaming.scan(
                "prompt-encoder-promotions-now", Topic.ADAPTERS_PROMOTED, AdapterPromoted.getDefaultInstance())) {
            scan.toEnd(event -> adapters.hear(event.event()));
        }
        if (!adapters.awaitSettled(PATIENCE)) {
            throw new AdaptersNotReadyException();
        }
    }

    boolean isLive() {
        return followers.stream().allMatch(EventWorker::isLive);
    }

    @Override
    public void close() {
        followers.forEach(EventWorker::close);
    }
}
