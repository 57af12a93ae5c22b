package io.surstream.streaming.loop;

import java.time.Duration;

/** A running poll loop. Thread-safe. */
public interface EventWorker extends AutoCloseable {

    /** As in logs and metrics. */
    String name();

    /** Time since the loop last gave a sign of life. */
    Duration pollAge();

    /** False when the loop has stopped or has been silent for longer than its settings allow: restart the process. */
    boolean isLive();

    /** True when the loop is connected and takes records. */
    boolean isReady();

    /** Stops taking records, finishes or hands back the current work within the settings' drain time. */
    @Override
    void close();
}
