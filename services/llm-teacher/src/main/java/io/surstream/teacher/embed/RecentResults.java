package io.surstream.teacher.embed;

import io.surstream.v1.PromptEmbedded;
import java.util.LinkedHashMap;
import java.util.Map;

/** The results computed last, by record key: what a repeated batch or a neighbour's request needs again. Thread-safe. */
final class RecentResults {
    // No Caffeine cache: the last two batches must be here, and Caffeine prefers what was used often to what is new.
    private final Map<String, PromptEmbedded> answers;

    RecentResults(int capacity) {
        this.answers = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, PromptEmbedded> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized PromptEmbedded get(String key) {
        return answers.get(key);
    }

    synchronized void put(String key, PromptEmbedded answer) {
        answers.put(key, answer);
    }
}
