package io.surstream.platformsetup.store;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Collects the rights of one account by what it does with keys of which prefix. */
final class StoreRights {
    static final String MODELS = "models/";

    /** What is done with objects, and the words of S3 for it. */
    enum Use {
        READS("s3:GetObject"),
        // Files above the part size go up in parts, which are taken back when one fails.
        WRITES("s3:AbortMultipartUpload", "s3:PutObject"),
        DELETES("s3:DeleteObject");

        private final List<String> actions;

        Use(String... actions) {
            this.actions = List.of(actions);
        }

        List<String> actions() {
            return actions;
        }
    }

    private final Map<Use, Set<String>> prefixes = new EnumMap<>(Use.class);
    private boolean models;

    StoreRights reads(String... prefixes) {
        return use(Use.READS, prefixes);
    }

    StoreRights writes(String... prefixes) {
        return use(Use.WRITES, prefixes);
    }

    StoreRights deletes(String... prefixes) {
        return use(Use.DELETES, prefixes);
    }

    StoreRights loadsModels() {
        models = true;
        return reads(MODELS);
    }

    private StoreRights use(Use use, String... used) {
        prefixes.computeIfAbsent(use, none -> new TreeSet<>()).addAll(List.of(used));
        return this;
    }

    Set<String> prefixes(Use use) {
        return Collections.unmodifiableSet(prefixes.getOrDefault(use, Set.of()));
    }

    boolean hasModels() {
        return models;
    }
}
