package io.surstream.playground.score;

/** What of an image is scored. */
public enum Attribute {
    COLOUR("colour"),
    COUNT("count"),
    ARRANGEMENT("arrangement"),
    /** Colour, count and, where there is more than one object, arrangement are all right. */
    TOGETHER("count+colour+arrangement together"),
    SHAPE("shape"),
    BACKGROUND("background"),
    STYLE("style");

    private final String title;

    Attribute(String title) {
        this.title = title;
    }

    /** Name in tables. */
    public String title() {
        return title;
    }
}
