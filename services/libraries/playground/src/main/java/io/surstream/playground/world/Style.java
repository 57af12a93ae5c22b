package io.surstream.playground.world;

/** How the objects are drawn: filled only, or with a line around them. */
public enum Style {
    FLAT("flat"),
    OUTLINED("outlined");

    private final String words;

    Style(String words) {
        this.words = words;
    }

    /** The words of this value in a keyword caption, lower case. */
    public String words() {
        return words;
    }
}
