package io.surstream.playground.world;

import io.surstream.models.image.PngWriter;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** A contact sheet for people: a grid of images, each with its label below. Not thread-safe. */
public final class Sheet {
    private static final int GAP = 8;
    private static final Rgb INK = new Rgb(40, 40, 40);
    private static final Rgb ALARM = new Rgb(190, 20, 20);

    private final int columns;
    private final int width;
    private final List<Cell> cells = new ArrayList<>();

    private record Cell(BufferedImage image, String label, Rgb ink) {}

    /**
     * @param columns images in a row
     * @param scale how many pixels of the sheet one pixel of an image takes on each side
     */
    public Sheet(int columns, int scale) {
        this.columns = columns;
        this.width = PlaygroundImage.SIZE * scale;
    }

    /** Adds an image with a label, which may be empty. */
    public Sheet add(PlaygroundImage image, String label) {
        return add(image.toImage(), label);
    }

    /** Adds an image whose label is red. */
    public Sheet addWrong(PlaygroundImage image, String label) {
        return addWrong(image.toImage(), label);
    }

    /** Adds a square image of any size with a label, which may be empty. */
    public Sheet add(BufferedImage image, String label) {
        cells.add(new Cell(image, label, INK));
        return this;
    }

    /** Adds a square image of any size whose label is red. */
    public Sheet addWrong(BufferedImage image, String label) {
        cells.add(new Cell(image, label, ALARM));
        return this;
    }

    /** The sheet as a PNG file. */
    public byte[] toPng() {
        int lines = cells.stream()
                .filter(cell -> !cell.label().isEmpty())
                .mapToInt(cell -> PixelFont.wrap(cell.label(), width).size())
                .max()
                .orElse(0);
        int cellHeight = width + (lines == 0 ? 0 : GAP / 2 + lines * PixelFont.LINE_HEIGHT);
        int rows = Math.max(1, (cells.size() + columns - 1) / columns);
        BufferedImage image = new BufferedImage(
                GAP + columns * (width + GAP), GAP + rows * (cellHeight + GAP), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        for (int i = 0; i < cells.size(); i++) {
            draw(graphics, cells.get(i), GAP + i % columns * (width + GAP), GAP + i / columns * (cellHeight + GAP));
        }
        graphics.dispose();
        return PngWriter.plain(image);
    }

    private void draw(Graphics2D graphics, Cell cell, int x, int y) {
        graphics.drawImage(cell.image(), x, y, width, width, null);
        int line = y + width + GAP / 2;
        for (String text : PixelFont.wrap(cell.label(), width)) {
            PixelFont.draw(graphics, text, x, line, cell.ink());
            line += PixelFont.LINE_HEIGHT;
        }
    }
}
