package io.surstream.models.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * One printable character for each of the 256 byte values, so that any UTF-8 text is a string of them. Printable ones of
 * Latin-1 stand for themselves, the others for the characters from U+0100 on, in their order (as in GPT-2).
 */
final class ByteAlphabet {
    private static final char[] OF_BYTE = characters();

    private ByteAlphabet() {}

    /** The text's UTF-8 bytes as characters of the alphabet. Lone surrogates count as U+FFFD. */
    static String spell(String text) {
        byte[] bytes = wellFormed(text).getBytes(StandardCharsets.UTF_8);
        StringBuilder spelled = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            spelled.append(OF_BYTE[b & 0xff]);
        }
        return spelled.toString();
    }

    private static String wellFormed(String text) {
        StringBuilder fixed = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                fixed = fixed == null ? new StringBuilder(text) : fixed;
                fixed.setCharAt(i, '\uFFFD');
            }
        }
        return fixed == null ? text : fixed.toString();
    }

    private static char[] characters() {
        char[] all = new char[256];
        char next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
            all[b] = printable ? (char) b : next++;
        }
        return all;
    }
}
