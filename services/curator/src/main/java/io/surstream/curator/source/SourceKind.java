package io.surstream.curator.source;

import io.surstream.curator.report.ImportRefusedException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What sources look like inside. */
public enum SourceKind {
    IMAGEFOLDER("a line in metadata.jsonl for each image"),
    CIVITAI("images in items[] or items[].modelVersions[].images[]"),
    LEXICA("images in images[] or in one array"),
    PLAYGROUND("a count of at least 1");

    private final String shape;

    SourceKind(String shape) {
        this.shape = shape;
    }

    /** A description of where its items are. */
    public String shape() {
        return shape;
    }

    /** As events and requests call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ImportRefusedException when there is no such kind */
    static SourceKind of(String word) {
        List<String> words = Stream.of(values()).map(SourceKind::word).toList();
        int index = words.indexOf(word);
        if (index < 0) {
            String known = String.join(", ", words);
            throw ImportRefusedException.of(
                    "kind", word, "one of " + known, "kind must be one of " + known + " but is '" + word + "'");
        }
        return values()[index];
    }
}
