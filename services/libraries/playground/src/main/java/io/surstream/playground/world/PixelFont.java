package io.surstream.playground.world;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** Capitals of 3×5 dots, so that labels need no fonts on the machine and look the same everywhere. */
final class PixelFont {
    /** Pixels from one line to the next. */
    static final int LINE_HEIGHT = 14;

    private static final int DOT = 2;
    private static final int COLUMNS = 3;
    private static final int ROWS = 5;
    private static final int ADVANCE = (COLUMNS + 1) * DOT;

    private static final Map<Character, String> GLYPHS = Map.ofEntries(
            glyph('A', "010 101 111 101 101"),
            glyph('B', "110 101 110 101 110"),
            glyph('C', "011 100 100 100 011"),
            glyph('D', "110 101 101 101 110"),
            glyph('E', "111 100 110 100 111"),
            glyph('F', "111 100 110 100 100"),
            glyph('G', "011 100 101 101 011"),
            glyph('H', "101 101 111 101 101"),
            glyph('I', "111 010 010 010 111"),
            glyph('J', "001 001 001 101 010"),
            glyph('K', "101 101 110 101 101"),
            glyph('L', "100 100 100 100 111"),
            glyph('M', "101 111 111 101 101"),
            glyph('N', "110 101 101 101 101"),
            glyph('O', "010 101 101 101 010"),
            glyph('P', "110 101 110 100 100"),
            glyph('Q', "010 101 101 110 011"),
            glyph('R', "110 101 110 101 101"),
            glyph('S', "011 100 010 001 110"),
            glyph('T', "111 010 010 010 010"),
            glyph('U', "101 101 101 101 111"),
            glyph('V', "101 101 101 101 010"),
            glyph('W', "101 101 111 111 101"),
            glyph('X', "101 101 010 101 101"),
            glyph('Y', "101 101 010 010 010"),
            glyph('Z', "111 001 010 100 111"),
            glyph('0', "111 101 101 101 111"),
            glyph('1', "010 110 010 010 111"),
            glyph('2', "110 001 010 100 111"),
            glyph('3', "110 001 010 001 110"),
            glyph('4', "101 101 111 001 001"),
            glyph('5', "111 100 110 001 110"),
            glyph('6', "011 100 110 101 010"),
            glyph('7', "111 001 010 010 010"),
            glyph('8', "010 101 010 101 010"),
            glyph('9', "010 101 011 001 110"),
            glyph(',', "000 000 000 010 100"),
            glyph('.', "000 000 000 000 010"),
            glyph(':', "000 010 000 010 000"),
            glyph('-', "000 000 111 000 000"),
            glyph('+', "000 010 111 010 000"),
            glyph('/', "001 001 010 100 100"),
            glyph('%', "101 001 010 100 101"),
            glyph('?', "110 001 010 000 010"),
            glyph(' ', "000 000 000 000 000"));

    private PixelFont() {}

    /** Breaks a text at spaces into lines no wider than so many pixels; a longer word gets its own line. */
    static List<String> wrap(String text, int width) {
        int most = width / ADVANCE;
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > most) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Draws one line with its upper left corner at (x, y); unknown characters become question marks. */
    static void draw(Graphics2D graphics, String line, int x, int y, Rgb colour) {
        graphics.setColor(new Color(colour.red(), colour.green(), colour.blue()));
        for (int i = 0; i < line.length(); i++) {
            String dots = GLYPHS.getOrDefault(Character.toUpperCase(line.charAt(i)), GLYPHS.get('?'));
            for (int dot = 0; dot < COLUMNS * ROWS; dot++) {
                if (dots.charAt(dot) == '1') {
                    graphics.fillRect(x + i * ADVANCE + dot % COLUMNS * DOT, y + dot / COLUMNS * DOT, DOT, DOT);
                }
            }
        }
    }

    private static Entry<Character, String> glyph(char character, String rows) {
        return Map.entry(character, rows.replace(" ", ""));
    }
}
