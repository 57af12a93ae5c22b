package io.surstream.gateway.rest;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.surstream.gateway.jobs.JobFeed;
import io.surstream.gateway.jobs.JobStates;
import io.surstream.v1.Job;
import java.util.function.Supplier;

/**
 * The snapshots of one job for one client, oldest to newest, ending with the final one. A client that reads slowly
 * misses snapshots in between, never the latest: the buffer holds one. Each heartbeat repeats the latest snapshot. When this
 * process leaves, the stream ends early.
 */
final class JobStream {

    private final MultiEmitter<? super Job> client;
    private Job latest;
    private boolean ended;
    private boolean leaving;

    private JobStream(MultiEmitter<? super Job> client) {
        this.client = client;
    }

    /** @param current looks the job up; asked after the watch has begun, so that no change falls between the two */
    static Multi<Job> open(
            String jobId, JobFeed feed, Supplier<Job> current, Heartbeats heartbeats, ShutdownNotifier shutdown) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            JobStream stream = new JobStream(emitter);
                            Runnable unwatch = feed.watch(jobId, stream::offer);
                            Runnable stopBeat = heartbeats.each(stream::repeat);
                            Runnable unlisten = shutdown.listen(stream::leave);
                            emitter.onTermination(() -> {
                                unwatch.run();
                                stopBeat.run();
                                unlisten.run();
                            });
                            stream.offer(current.get());
                        },
                        BackPressureStrategy.LATEST);
    }

    private synchronized void offer(Job job) {
        boolean older = latest != null && JobStates.version(job) <= JobStates.version(latest);
        if (older || ended) {
            return;
        }
        latest = job;
        client.emit(job);
        if (leaving || JobStates.ended(job)) {
            end();
        }
    }

    /** Not before the client has one snapshot. */
    private synchronized void leave() {
        leaving = true;
        if (latest != null && !ended) {
            end();
        }
    }

    private void end() {
        ended = true;
        client.complete();
    }

    private synchronized void repeat() {
        if (latest != null && !ended) {
            client.emit(latest);
        }
    }
}
