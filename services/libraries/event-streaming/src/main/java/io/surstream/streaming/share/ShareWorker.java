package io.surstream.streaming.share;

import com.google.protobuf.Message;
import io.surstream.streaming.loop.EventWorker;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Shares the records of a topic with any number of peers, more than there are partitions if wanted. Each thread works on one
 * event, however long that takes, and renews its lock meanwhile. An event is delivered again when a worker dies or fails, and
 * dead-lettered at the delivery limit or when it can never succeed.
 *
 * @param <T> the incoming event
 */
public final class ShareWorker<T extends Message> implements EventWorker {

    private final String name;
    private final List<ShareConsumerThread<T>> threads;

    public ShareWorker(String name, List<ShareConsumerThread<T>> threads) {
        this.name = name;
        this.threads = List.copyOf(threads);
    }

    public ShareWorker<T> start() {
        threads.forEach(ShareConsumerThread::start);
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    /** Of the thread that has been silent for longest. */
    @Override
    public Duration pollAge() {
        return threads.stream()
                .map(consumerThread -> consumerThread.state().age())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Override
    public boolean isLive() {
        return threads.stream()
                .allMatch(consumerThread -> consumerThread.state().isLive());
    }

    /** True when every thread is connected. */
    @Override
    public boolean isReady() {
        return threads.stream()
                .allMatch(consumerThread -> consumerThread.state().isReady());
    }

    /** Current events may finish within the drain time; then they are given back for others. */
    @Override
    public void close() {
        threads.forEach(ShareConsumerThread::drain);
        threads.forEach(ShareConsumerThread::join);
    }
}
