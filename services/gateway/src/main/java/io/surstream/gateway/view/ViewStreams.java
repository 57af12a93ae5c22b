package io.surstream.gateway.view;

import io.surstream.retry.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;

/** One Kafka Streams client of the view. A thread that dies is replaced, after waits that grow. Thread-safe. */
final class ViewStreams implements AutoCloseable {

    /** Key under which the exception handlers find the {@link SkippedRecords}. */
    static final String SKIPPED = "surstream.view.skipped-records";

    private static final Logger LOG = Logger.getLogger(ViewStreams.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    private final String name;
    private final Supplier<KafkaStreams> maker;
    private final AtomicInteger deaths = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile KafkaStreams streams;

    /**
     * @param name for the log
     * @param maker of a client that has not been started, a new one each time
     */
    ViewStreams(String name, Supplier<KafkaStreams> maker) {
        this.name = name;
        this.maker = maker;
    }

    private StreamThreadExceptionResponse afterDeath(Throwable death) {
        Throwable cause = rootCause(death);
        LOG.debug("cause", death);
        if (cause instanceof Error) {
            LOG.errorf("the job view's %s has failed for good: %s; the gateway must be restarted", name, cause);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Duration wait = BACKOFF.after(deaths.incrementAndGet());
        LOG.warnf("a thread of the job view's %s ended and is replaced in %s: %s", name, wait, cause);
        pause(wait);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private void pause(Duration wait) {
        try {
            closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Throwable rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** It made progress again: the next death is waited for briefly. */
    void hasProgressed() {
        deaths.set(0);
    }

    /** May be called again after a start that failed: a cluster under load knows a topic that was just made a moment later. */
    void start() {
        if (streams != null) {
            streams.close(CLOSE_TIMEOUT);
        }
        streams = maker.get();
        streams.setUncaughtExceptionHandler(this::afterDeath);
        streams.start();
    }

    /** Empty before the first start. */
    Optional<KafkaStreams> client() {
        return Optional.ofNullable(streams);
    }

    KafkaStreams.State state() {
        return client().map(KafkaStreams::state).orElse(KafkaStreams.State.CREATED);
    }

    boolean isLost() {
        return state() == KafkaStreams.State.ERROR || state() == KafkaStreams.State.PENDING_ERROR;
    }

    /** Partitions that this process works on at present. */
    Set<TopicPartition> partitions() {
        try {
            return client().stream()
                    .flatMap(client -> client.metadataForLocalThreads().stream())
                    .flatMap(thread -> thread.activeTasks().stream())
                    .flatMap(task -> task.topicPartitions().stream())
                    .collect(Collectors.toSet());
        } catch (IllegalStateException e) {
            // Not started yet, or closed.
            return Set.of();
        }
    }

    /** Commits, leaves the group and waits for it, at most 10 s. May be called more than once. */
    @Override
    public void close() {
        closing.countDown();
        if (streams == null) {
            return;
        }
        boolean closed = streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        if (!closed) {
            LOG.warnf(
                    "the job view's %s did not close within %s; uncommitted records will be reprocessed",
                    name, CLOSE_TIMEOUT);
        }
    }
}
