package io.surstream.curator.source;

import io.surstream.curator.parse.MetadataRefusedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops reading an archive's entry that unpacks to far more than text does. */
final class RatioGuard extends FilterInputStream {
    /** Text packs to a tenth; a few records of one kind to a fiftieth. */
    private static final long MOST_TIMES = 200;

    private static final long ALWAYS_ALLOWED = 16L << 20;

    private long left;

    /** @param packed bytes that the entry has in the archive */
    RatioGuard(InputStream in, long packed) {
        super(in);
        left = ALWAYS_ALLOWED + MOST_TIMES * Math.max(0, packed);
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        count(Math.max(0, n));
        return n;
    }

    private void count(int n) throws MetadataRefusedException {
        left -= n;
        if (left < 0) {
            throw new MetadataRefusedException("archive-bomb");
        }
    }
}
