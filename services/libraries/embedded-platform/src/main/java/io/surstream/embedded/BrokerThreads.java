package io.surstream.embedded;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one broker: all that it starts belong to one thread group. So a broker that does not stop can be
 * interrupted, and a fault finds the broker that it is of. Kafka ends its process at a fault; the embedded broker does
 * not own the process, so here the thread ends and {@link #fault()} tells.
 */
final class BrokerThreads {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerThreads.class);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

    static {
        Exit.setExitProcedure(BrokerThreads::refuseToExit);
        Exit.setHaltProcedure(BrokerThreads::refuseToExit);
    }

    private final Group group;

    BrokerThreads(String name) {
        this.group = new Group(name);
    }

    private static final class Group extends ThreadGroup {
        private final CompletableFuture<BrokerFaultException> fault = new CompletableFuture<>();

        Group(String name) {
            super(name);
        }
    }

    private static void refuseToExit(int code, String message) {
        Thread thread = Thread.currentThread();
        BrokerFaultException fault = new BrokerFaultException("the broker's thread " + thread.getName()
                + " asked to end the process with exit code " + code + (message == null ? "" : ": " + message));
        LOG.error("embedded broker: fault", fault);
        for (ThreadGroup group = thread.getThreadGroup(); group != null; group = group.getParent()) {
            if (group instanceof Group broker) {
                broker.fault.complete(fault);
            }
        }
        throw fault;
    }

    /** Completed at the first fault that would have ended the process. */
    CompletableFuture<BrokerFaultException> fault() {
        return group.fault;
    }

    /** Runs in a thread of the group and waits for it, or for a fault of the broker. */
    <T> T call(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        CompletableFuture<Object> ended = new CompletableFuture<>();
        Thread thread = new Thread(
                group,
                () -> {
                    task.run();
                    ended.complete(true);
                },
                group.getName());
        thread.setDaemon(true);
        thread.start();
        CompletableFuture.anyOf(ended, group.fault).get();
        if (!task.isDone()) {
            thread.interrupt();
            throw group.fault.get();
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /**
     * Runs what stops the broker and waits for it, but not forever: then the broker's threads are interrupted, and
     * those that live on are left to themselves, daemons or not. The log tells which and where they are.
     *
     * @return whether the broker has stopped
     */
    boolean stop(Runnable stopping, Duration limit) {
        return stop(stopping, limit, AFTER_INTERRUPT);
    }

    boolean stop(Runnable stopping, Duration limit, Duration afterInterrupt) {
        CountDownLatch stopped = new CountDownLatch(1);
        Thread thread = new Thread(
                group,
                () -> {
                    try {
                        stopping.run();
                    } finally {
                        stopped.countDown();
                    }
                },
                group.getName() + "-stop");
        thread.setDaemon(true);
        thread.start();
        try {
            if (stopped.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
            LOG.error(
                    "{}: did not stop in {} s; its threads are interrupted:{}",
                    group.getName(),
                    limit.toSeconds(),
                    stacks());
            group.interrupt();
            if (stopped.await(afterInterrupt.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
            LOG.error("{}: is left behind with its threads:{}", group.getName(), stacks());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.error("{}: is left behind, for the thread that stopped it was interrupted", group.getName());
        }
        return false;
    }

    private String stacks() {
        Thread[] threads = new Thread[group.activeCount() + 16];
        int count = group.enumerate(threads);
        StringBuilder text = new StringBuilder();
        for (Thread thread : Arrays.copyOf(threads, count)) {
            text.append("\n  ").append(thread.getName()).append(' ').append(thread.getState());
            Arrays.stream(thread.getStackTrace()).limit(12).forEach(frame -> text.append("\n    at ")
                    .append(frame));
        }
        return text.toString();
    }
}
