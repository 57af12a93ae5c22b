package io.surstream.trainer.publish;

import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingProgressed.State;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/** The latest news of each run, and those who want to hear the next. Remembers the runs heard of last. Thread-safe. */
public final class RunWatch {
    private static final int MOST_RUNS = 10_000;

    /** May be left while another thread tells news: a listener that waits for its own lock must not hold this one up. */
    private final Set<Consumer<TrainingProgressed>> listeners = new CopyOnWriteArraySet<>();

    // No cache: what is lost here cannot be had again, so the runs heard of last must stay.
    private final Map<String, TrainingProgressed> latest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TrainingProgressed> eldest) {
            return size() > MOST_RUNS;
        }
    };

    /** News of any run, each run's in their order. */
    public synchronized void hear(TrainingProgressed news) {
        latest.put(news.getRunId(), news);
        listeners.forEach(listener -> listener.accept(news));
    }

    public synchronized Optional<TrainingProgressed> latest(String runId) {
        return Optional.ofNullable(latest.get(runId));
    }

    /**
     * Hears the latest news of a run at once, if there are any, and all that come.
     *
     * @param listener must not block
     * @return ends the listening
     */
    public synchronized Runnable listen(String runId, Consumer<TrainingProgressed> listener) {
        Consumer<TrainingProgressed> ofRun = news -> {
            if (news.getRunId().equals(runId)) {
                listener.accept(news);
            }
        };
        latest(runId).ifPresent(listener);
        listeners.add(ofRun);
        return () -> listeners.remove(ofRun);
    }

    public static boolean isEnd(TrainingProgressed news) {
        return news.getState() == State.COMPLETED
                || news.getState() == State.STOPPED
                || news.getState() == State.FAILED;
    }
}
