package io.surstream.curator.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Every setting of the curator; wrong ones stop the start, all named at once. */
@ConfigMapping(prefix = "surstream.curator")
public interface CuratorConfig {
    String RANGE = "must be {min}..{max} but is ${validatedValue}";

    /** Folder that sources and images must lie in; absent: whatever this process can read. */
    Optional<Path> folder();

    /** Images fetched and looked at at the same time. */
    @WithDefault("8")
    @Range(min = 1, max = 256, message = RANGE)
    int concurrency();

    /** Most characters of each prompt. */
    @WithDefault("10000")
    @Range(min = 1, max = 100_000, message = RANGE)
    int maxPromptLength();

    /** Largest image file. */
    @WithDefault("16M")
    MemorySize maxImageSize();

    /** Largest page or archive that is fetched from an address. */
    @WithDefault("4G")
    MemorySize maxSourceSize();

    /** Fewest pixels of an image's shorter side. */
    @WithDefault("32")
    @Range(min = 1, max = 65_536, message = RANGE)
    int minSide();

    /** Most pixels of an image's longer side. */
    @WithDefault("8192")
    @Range(min = 8, max = 65_536, message = RANGE)
    int maxSide();

    /** Most pixels of an image; as many are decoded at the same time in this process. */
    @WithDefault("16777216")
    @Range(min = 64, max = 1 << 30, message = RANGE)
    int maxPixels();

    /** What becomes of items that may be unsafe: published with their flags, or dropped. */
    @WithDefault("flag")
    Unsafe unsafe();

    /** Words and phrases that flag a prompt; absent: a short list of our own. */
    Optional<List<String>> unsafeWords();

    /** Who writes missing sentences: {@code none}, {@code playground} or the name of one that was plugged in. */
    @WithDefault("none")
    @NotBlank(message = "must not be blank") String captioner();

    /** Who says how well sentence and image fit: {@code none}, {@code playground} or the name of one that was plugged in. */
    @WithDefault("none")
    @NotBlank(message = "must not be blank") String scorer();

    /** Least similarity of sentence and image; absent: the scorer's own. */
    OptionalDouble minSimilarity();

    /** What becomes of an item whose given sentence does not fit: dropped, or written anew by the captioner. */
    @WithDefault("drop")
    Unfit unfit();

    /** Downloads of images and pages. */
    Http http();

    /** Limits of downloads. */
    interface Http {
        /** Longest time of one request. */
        @WithDefault("60s")
        @DurationMin(millis = 100, message = "must be at least 100 ms but is ${validatedValue}")
        @DurationMax(hours = 1, message = "must be at most 1 h but is ${validatedValue}")
        Duration timeout();

        /** Requests for one address before it is given up. */
        @WithDefault("4")
        @Range(min = 1, max = 20, message = RANGE)
        int attempts();

        /** Limit of the random wait before the second request; doubles up to 30 s. */
        @WithDefault("500ms")
        @DurationMin(message = "must be 0 or more but is ${validatedValue}")
        @DurationMax(seconds = 30, message = "must be at most 30 s but is ${validatedValue}")
        Duration backoff();

        /** Most redirects of one request. */
        @WithDefault("5")
        @Range(min = 0, max = 20, message = RANGE)
        int maxRedirects();

        /** Whether addresses may lead into this machine's own network, loopback and link-local included. */
        @WithDefault("false")
        boolean allowPrivateAddresses();
    }

    /** What becomes of items that may be unsafe. */
    enum Unsafe {
        FLAG,
        DROP
    }

    /** What becomes of items whose given sentence does not fit. */
    enum Unfit {
        DROP,
        RECAPTION
    }
}
