package io.surstream.curator.fetch;

import java.io.IOException;

/** A download that did not succeed; the message is the reason in a report's words. */
public final class DownloadException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    DownloadException(String reason, boolean lasting) {
        super(reason);
        this.lasting = lasting;
    }

    /** A reason that another attempt does not change. */
    public static DownloadException lasting(String reason) {
        return new DownloadException(reason, true);
    }

    /** False where another time may bring more luck. */
    public boolean isLasting() {
        return lasting;
    }
}
