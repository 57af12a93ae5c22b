package io.surstream.keys;

import java.util.Map;

/** Settings that had another name once: {@link UnknownSettings} refuses the old name with the new one. */
final class RenamedSettings {
    /** Old names by new name. */
    static final Map<String, String> FORMER = Map.of();

    private RenamedSettings() {}
}
