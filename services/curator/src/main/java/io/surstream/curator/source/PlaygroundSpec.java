package io.surstream.curator.source;

import io.surstream.curator.fetch.DrawnImages;
import io.surstream.curator.parse.PlaygroundItems;
import io.surstream.curator.report.ImportRefusedException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code playground:2000?seed=7&phrasings=4}: so many examples of the playground.
 *
 * @param count examples, 1 to 10,000,000
 * @param seed by default 0
 * @param phrasings sentences for one image, 1 to 100, by default 4
 */
record PlaygroundSpec(long count, long seed, int phrasings) {
    static final String PREFIX = "playground:";

    private static final String FORM = "playground:COUNT[?seed=N][&phrasings=N], COUNT 1..10000000, phrasings 1..100";
    private static final Pattern SPEC =
            Pattern.compile("playground:(\\d{1,8})(?:\\?(?:seed=(-?\\d{1,18}))?&?(?:phrasings=(\\d{1,3}))?)?");

    static PlaygroundSpec parse(String source) {
        Matcher spec = SPEC.matcher(source);
        if (!spec.matches()) {
            throw refused(source);
        }
        PlaygroundSpec parsed = new PlaygroundSpec(
                Long.parseLong(spec.group(1)),
                spec.group(2) == null ? 0 : Long.parseLong(spec.group(2)),
                spec.group(3) == null ? 4 : Integer.parseInt(spec.group(3)));
        boolean possible =
                parsed.count > 0 && parsed.count <= 10_000_000 && parsed.phrasings > 0 && parsed.phrasings <= 100;
        if (!possible) {
            throw refused(source);
        }
        return parsed;
    }

    private static ImportRefusedException refused(String source) {
        return ImportRefusedException.of("source", source, FORM, "source must be " + FORM + " but is '" + source + "'");
    }

    OpenSource open() {
        return new OpenSource(
                SourceKind.PLAYGROUND,
                new PlaygroundItems(count, seed, phrasings),
                new DrawnImages(),
                count,
                List.of());
    }
}
