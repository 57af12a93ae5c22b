package io.surstream.gateway.jobs;

import io.surstream.v1.Job;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Hands changes of jobs to those who watch them in this JVM. Thread-safe. Listeners run on the caller's thread and must
 * not block; they may see the same snapshot twice or an older one late and compare {@link JobStates#version versions}.
 */
public final class JobFeed implements JobUpdates {

    private static final Logger LOG = Logger.getLogger(JobFeed.class);

    private final ConcurrentHashMap<String, Set<Consumer<Job>>> listeners = new ConcurrentHashMap<>();
    private final AtomicInteger watching = new AtomicInteger();

    @Override
    public void updated(Job job) {
        Set<Consumer<Job>> watchers = listeners.get(job.getJobId());
        if (watchers != null) {
            watchers.forEach(watcher -> tell(watcher, job));
        }
    }

    /** A watcher that fails must not stop the view. */
    private static void tell(Consumer<Job> watcher, Job job) {
        try {
            watcher.accept(job);
        } catch (RuntimeException e) {
            LOG.warnf(e, "a watcher of job %s failed", job.getJobId());
        }
    }

    /** @return ends the watch; may be called more than once */
    public Runnable watch(String jobId, Consumer<Job> listener) {
        Consumer<Job> own = listener::accept;
        listeners.compute(jobId, (id, watchers) -> {
            Set<Consumer<Job>> all = watchers == null ? ConcurrentHashMap.newKeySet() : watchers;
            all.add(own);
            return all;
        });
        watching.incrementAndGet();
        return () -> unwatch(jobId, own);
    }

    public int watching() {
        return watching.get();
    }

    private void unwatch(String jobId, Consumer<Job> listener) {
        listeners.computeIfPresent(jobId, (id, watchers) -> {
            if (watchers.remove(listener)) {
                watching.decrementAndGet();
            }
            return watchers.isEmpty() ? null : watchers;
        });
    }
}
