package io.surstream.models;

import java.nio.file.Path;
import java.util.Map;

/** Where this product keeps what it can fetch or compute again. */
public final class CacheFolder {

    private CacheFolder() {}

    /** The user's: {@code surstream} in {@code XDG_CACHE_HOME} or {@code ~/.cache}. */
    public static Path of(Map<String, String> environment) {
        String home = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base = home.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(home);
        return base.resolve("surstream");
    }
}
