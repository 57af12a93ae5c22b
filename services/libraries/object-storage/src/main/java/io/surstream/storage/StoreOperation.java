package io.surstream.storage;

/** Kinds of requests to a store, as sentences name them and as metrics do. */
public enum StoreOperation {
    FIND_BUCKET("find bucket", "HeadBucket"),
    LOOK_AT_BUCKET("look at the settings of", "GetBucketConfiguration"),
    SET_UP_BUCKET("make or set up", "PutBucketConfiguration"),
    MANAGE_ACCOUNTS("manage the accounts of", "AdminAccounts"),
    WRITE("write", "PutObject"),
    READ("read", "GetObject"),
    READ_RANGE("read a range of", "GetObjectRange"),
    LOOK_UP("look up", "HeadObject"),
    LIST("list", "ListObjects"),
    DELETE("delete", "DeleteObject"),
    SIGN("sign a URL for", "PresignGetObject");

    private final String verb;
    private final String label;

    StoreOperation(String verb, String label) {
        this.verb = verb;
        this.label = label;
    }

    /** Fits between "could not" and the object's place. */
    String verb() {
        return verb;
    }

    /** Value of the label {@code operation}. */
    String label() {
        return label;
    }
}
