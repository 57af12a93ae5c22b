package io.surstream.curator.select;

import io.surstream.contract.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The first 64 bits of SHA-256: what sets of millions of names keep. Among a million names two are taken for the same with
 * probability 3·10⁻⁸.
 */
public final class Digest64 {
    private Digest64() {}

    /** Of several texts in their order; where one ends and the next begins counts. */
    public static long of(String... parts) {
        return ByteBuffer.wrap(sha256(parts)).getLong();
    }

    /** The whole digest of the same, in lower-case hex. */
    public static String hex(String... parts) {
        return HexFormat.of().formatHex(sha256(parts));
    }

    private static byte[] sha256(String... parts) {
        MessageDigest digest = Sha256.digest();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
        return digest.digest();
    }
}
