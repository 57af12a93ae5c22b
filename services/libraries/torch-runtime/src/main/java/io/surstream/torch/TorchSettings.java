package io.surstream.torch;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How libtorch runs in this process.
 *
 * @param threads threads one operator may use; 0: each kind of call finds by trying whether one or all are faster
 * @param cacheFolder where the native libraries are unpacked once (432 MB); empty for the user's default
 */
public record TorchSettings(int threads, Optional<Path> cacheFolder) {
    public TorchSettings {
        if (threads < 0 || threads > 1024) {
            throw new IllegalArgumentException("threads must be 0 (automatic) to 1024 but is " + threads);
        }
    }

    public static TorchSettings defaults() {
        return new TorchSettings(0, Optional.empty());
    }

    public static TorchSettings threads(int threads) {
        return new TorchSettings(threads, Optional.empty());
    }
}
