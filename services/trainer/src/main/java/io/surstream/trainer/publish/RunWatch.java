package io.surstream.trainer.publish;

import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingProgressed.State;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/** The latest update of each run, and the listeners for the next. Remembers the most recent runs. Thread-safe. */
public final class RunWatch {
    private static final int MOST_RUNS = 10_000;

    /** May be left while another thread tells news: a listener that waits for its own lock must not hold this one up. */
    private final Set<Consumer<TrainingProgressed>> listeners = new CopyOnWriteArraySet<>();

    // Not a cache: a lost entry cannot be recomputed, so the most recent runs must stay.
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
     * Receives the latest update of a run immediately, if there is one, and all later ones.
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
