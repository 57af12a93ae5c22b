package io.surstream.curator.fetch;

import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.io.InputStream;

/** Reads a stream whole, unless it has more bytes than are allowed, whatever its size was said to be. */
final class BoundedBuffer {
    private BoundedBuffer() {}

    static FilterResult<byte[]> read(InputStream in, int most) throws IOException {
        byte[] bytes = in.readNBytes(most + 1);
        return bytes.length > most ? tooLarge() : FilterResult.kept(bytes);
    }

    static <T> FilterResult<T> tooLarge() {
        return FilterResult.rejected(Stage.FETCH, "image-too-large");
    }
}
