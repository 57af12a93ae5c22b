package io.surstream.storage;

import java.util.Locale;

/** Kinds of requests to a store, as sentences name them and as metrics do. */
public enum StoreOperation {
    FIND_BUCKET("find bucket"),
    LOOK_AT_BUCKET("look at the settings of"),
    SET_UP_BUCKET("make or set up"),
    MANAGE_ACCOUNTS("manage the accounts of"),
    WRITE("write"),
    READ("read"),
    READ_RANGE("read a range of"),
    LOOK_UP("look up"),
    LIST("list"),
    DELETE("delete"),
    SIGN("sign a URL for");

    private final String verb;

    StoreOperation(String verb) {
        this.verb = verb;
    }

    /** Fits between "could not" and the object's place. */
    String verb() {
        return verb;
    }

    /** Value of the label {@code operation}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
