package io.surstream.encoder.encode;

import io.surstream.torch.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Text encoder states [1, L, d] of the negative prompts used last. Thread-safe. */
final class NegativePromptCache {
    private final Map<String, FloatTensor> states;

    NegativePromptCache(int capacity) {
        this.states = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, FloatTensor> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized FloatTensor get(String text) {
        return states.get(text);
    }

    synchronized void put(String text, FloatTensor state) {
        states.put(text, state);
    }
}
