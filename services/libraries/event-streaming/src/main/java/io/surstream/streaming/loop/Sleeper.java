package io.surstream.streaming.loop;

import java.time.Duration;

/** Waits between attempts, or ends the wait because the worker closes. */
@FunctionalInterface
public interface Sleeper {

    /** @throws DrainedException when the worker closes */
    void pause(Duration time);
}
