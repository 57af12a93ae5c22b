package io.surstream.training.features;

import io.surstream.contract.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 over texts and bytes, each ended so that their borders count. */
final class Hash {
    private final MessageDigest digest = Sha256.digest();

    Hash text(Object text) {
        digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return this;
    }

    Hash bytes(byte[] bytes) {
        text(bytes.length);
        digest.update(bytes);
        return this;
    }

    byte[] end() {
        return digest.digest();
    }

    String hex() {
        return HexFormat.of().formatHex(end());
    }
}
