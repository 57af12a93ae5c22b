package io.surstream.streaming.share;

import com.google.protobuf.Message;
import io.surstream.streaming.loop.EventWorker;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Shares the records of a topic with any number of peers, more than there are partitions if wanted. Each lane works on one
 * event, however long that takes, and renews its lock meanwhile. An event is delivered again when a worker dies or fails, and
 * dead-lettered at the delivery limit or when it can never succeed.
 *
 * @param <T> the incoming event
 */
public final class ShareWorker<T extends Message> implements EventWorker {

    private final String name;
    private final List<ShareLane<T>> lanes;

    public ShareWorker(String name, List<ShareLane<T>> lanes) {
        this.name = name;
        this.lanes = List.copyOf(lanes);
    }

    public ShareWorker<T> start() {
        lanes.forEach(ShareLane::start);
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    /** Of the lane that has been silent for longest. */
    @Override
    public Duration pollAge() {
        return lanes.stream()
                .map(lane -> lane.state().age())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Override
    public boolean isLive() {
        return lanes.stream().allMatch(lane -> lane.state().isLive());
    }

    /** True when every lane is connected. */
    @Override
    public boolean isReady() {
        return lanes.stream().allMatch(lane -> lane.state().isReady());
    }

    /** Current events may finish within the drain time; then they are given back for others. */
    @Override
    public void close() {
        lanes.forEach(ShareLane::drain);
        lanes.forEach(ShareLane::join);
    }
}
