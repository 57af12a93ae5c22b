package io.surstream.curator.report;

/** The stages in the order in which an item goes through them. */
public enum Stage {
    PARSE("parse"),
    PROMPT("prompt"),
    DEDUPLICATE("de-duplicate"),
    SAFETY("safety"),
    FETCH("fetch"),
    INSPECT("inspect"),
    CONTENT("content"),
    CAPTION("caption"),
    SIMILARITY("similarity"),
    PUBLISH("publish");

    private final String title;

    Stage(String title) {
        this.title = title;
    }

    /** Name in reports; stable, since reports are kept. */
    public String title() {
        return title;
    }
}
