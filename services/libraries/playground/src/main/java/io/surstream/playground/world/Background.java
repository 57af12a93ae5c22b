package io.surstream.playground.world;

/** What is behind the objects. */
public enum Background {
    WHITE("white background", new Rgb(250, 250, 250)),
    NIGHT_SKY("night sky", new Rgb(18, 20, 52)),
    GRASS("grass", new Rgb(150, 205, 110)),
    SAND("sand", new Rgb(230, 208, 160));

    private static final Rgb DARK = new Rgb(25, 22, 25);
    private static final Rgb LIGHT = new Rgb(245, 245, 245);

    private final String words;
    private final Rgb rgb;

    Background(String words, Rgb rgb) {
        this.words = words;
        this.rgb = rgb;
    }

    /** The words of this value in a keyword caption, lower case. */
    public String words() {
        return words;
    }

    /** The main colour; with a faint texture. */
    public Rgb rgb() {
        return rgb;
    }

    /** Colour of outlines that can be seen on this background. */
    public Rgb outline() {
        return this == NIGHT_SKY ? LIGHT : DARK;
    }
}
