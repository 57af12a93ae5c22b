package io.surstream.curator.parse;

import java.io.IOException;

/** A document that is not read on; the message is the reason in a report's words. */
public final class MetadataRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    public MetadataRefusedException(String reason) {
        super(reason);
    }
}
