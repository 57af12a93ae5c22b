package io.surstream.playground.world;

/** Colour of all objects of a scene; the eight lie far apart in RGB, from each other and from every background. */
public enum Colour {
    RED("red", new Rgb(215, 25, 35)),
    ORANGE("orange", new Rgb(250, 130, 15)),
    YELLOW("yellow", new Rgb(250, 225, 25)),
    GREEN("green", new Rgb(15, 125, 55)),
    CYAN("cyan", new Rgb(40, 205, 225)),
    BLUE("blue", new Rgb(40, 80, 240)),
    PURPLE("purple", new Rgb(125, 40, 175)),
    PINK("pink", new Rgb(250, 120, 200));

    private final String words;
    private final Rgb rgb;

    Colour(String words, Rgb rgb) {
        this.words = words;
        this.rgb = rgb;
    }

    /** The words of this value in a keyword caption, lower case. */
    public String words() {
        return words;
    }

    /** The exact colour that the renderer fills with. */
    public Rgb rgb() {
        return rgb;
    }
}
