package io.surstream.curator.journal;

import io.surstream.curator.report.Rejection;
import io.surstream.curator.report.Stage;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What became of one item.
 *
 * @param item digest of the item with its image's version and the settings that it was judged by
 * @param id digest of its name at the source
 * @param content digest of image and given sentence; 0 where the item was dropped
 * @param rejection empty where it was published
 */
public record Entry(long item, long id, long content, Optional<Rejection> rejection) {

    /** One line: three hexadecimal numbers, then {@code published} or stage and reason. */
    String line() {
        HexFormat hex = HexFormat.of();
        String end = rejection.map(d -> d.stage().name() + ' ' + d.reason()).orElse("published");
        return hex.toHexDigits(item) + ' ' + hex.toHexDigits(id) + ' ' + hex.toHexDigits(content) + ' ' + end;
    }

    /** @throws IllegalArgumentException when it is not what {@link #line} writes */
    static Entry parse(String line) {
        String[] parts = line.split(" ", 5);
        if (parts.length < 4) {
            throw new IllegalArgumentException("a journal line has 4 or 5 parts but this one is \"" + line + '"');
        }
        Optional<Rejection> rejection = parts.length == 4
                ? Optional.empty()
                : Optional.of(Rejection.lasting(Stage.valueOf(parts[3]), parts[4]));
        return new Entry(number(parts[0]), number(parts[1]), number(parts[2]), rejection);
    }

    private static long number(String digits) {
        return HexFormat.fromHexDigitsToLong(digits);
    }
}
