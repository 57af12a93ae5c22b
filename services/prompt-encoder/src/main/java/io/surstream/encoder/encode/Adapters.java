package io.surstream.encoder.encode;

import java.util.List;
import java.util.Optional;

/** The adapters that a prompt may ask for at this moment. Replaced as a whole between two batches. */
public final class Adapters {
    /** The choice that leaves the text encoder's states as they are. */
    public static final String NONE = "none";

    private static final String LIVE = "live";

    private final Optional<Adapter> live;

    private Adapters(Optional<Adapter> live) {
        this.live = live;
    }

    public static Adapters none() {
        return new Adapters(Optional.empty());
    }

    /** @param adapter serves prompts that ask for nothing, for {@code live} or for its revision */
    public static Adapters live(Adapter adapter) {
        return new Adapters(Optional.of(adapter));
    }

    /** Names that {@link #find} knows. */
    public List<String> names() {
        return live.map(adapter -> List.of(NONE, LIVE, adapter.revision())).orElse(List.of(NONE));
    }

    /** Whether {@code name} is one of {@link #names} or empty, which asks for the default. */
    public boolean knows(String name) {
        return name.isEmpty() || names().contains(name);
    }

    /** The adapter of a name that is known; empty for none. */
    public Optional<Adapter> find(String name) {
        return name.equals(NONE) ? Optional.empty() : live;
    }
}
