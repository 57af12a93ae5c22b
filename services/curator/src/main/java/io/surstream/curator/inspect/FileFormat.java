package io.surstream.curator.inspect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Kinds of image files by their first bytes, and signs of animation that a decoder would not tell. Pure. */
enum FileFormat {
    PNG,
    JPEG,
    GIF,
    WEBP;

    private static final int PNG_HEAD = 8;
    /** Flags of a WebP file's extended header: the bit that says animation. */
    private static final int WEBP_FLAGS = 20;

    private static final int WEBP_ANIMATION = 2;

    /** As ImageIO calls it. */
    String readerName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<FileFormat> of(byte[] file) {
        if (has(file, 0, "\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (has(file, 0, "\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (has(file, 0, "GIF8")) {
            return Optional.of(GIF);
        }
        return has(file, 0, "RIFF") && has(file, 8, "WEBP") ? Optional.of(WEBP) : Optional.empty();
    }

    /** Whether a PNG or WebP file says that it moves. A GIF says nothing: its images have to be counted. */
    boolean saysAnimated(byte[] file) {
        return switch (this) {
            case PNG -> isAnimatedPng(file);
            case WEBP -> has(file, 12, "VP8X") && file.length > WEBP_FLAGS && (file[WEBP_FLAGS] & WEBP_ANIMATION) != 0;
            case JPEG, GIF -> false;
        };
    }

    /** An acTL chunk before the first image data: https://www.w3.org/TR/png-3/#11acTL. */
    private static boolean isAnimatedPng(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        long at = PNG_HEAD;
        while (at + 8 <= file.length) {
            int position = (int) at;
            if (has(file, position + 4, "acTL")) {
                return true;
            }
            if (has(file, position + 4, "IDAT")) {
                return false;
            }
            // Length, type, content, checksum.
            at += 12 + Integer.toUnsignedLong(buffer.getInt(position));
        }
        return false;
    }

    private static boolean has(byte[] file, int at, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
        if (file.length < at + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (file[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
