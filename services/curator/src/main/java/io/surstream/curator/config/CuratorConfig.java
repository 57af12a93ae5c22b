package io.surstream.curator.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.surstream.serviceruntime.config.Messages;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** All settings of the curator; an invalid one stops the start, and the message lists all invalid ones. */
@ConfigMapping(prefix = "surstream.curator")
public interface CuratorConfig {
    /** Folder that must contain sources and images; default: no restriction. */
    Optional<Path> folder();

    /** Images fetched and inspected concurrently. */
    @WithDefault("8")
    @Range(min = 1, max = 256, message = Messages.RANGE)
    int concurrency();

    /** Maximum length of each prompt, in characters. */
    @WithDefault("10000")
    @Range(min = 1, max = 100_000, message = Messages.RANGE)
    int maxPromptLength();

    /** Maximum size of an image file. */
    @WithDefault("16M")
    MemorySize maxImageSize();

    /** Maximum size of a page or archive fetched from an address. */
    @WithDefault("4G")
    MemorySize maxSourceSize();

    /** Minimum length of an image's shorter side, in pixels. */
    @WithDefault("32")
    @Range(min = 1, max = 65_536, message = Messages.RANGE)
    int minSide();

    /** Maximum length of an image's longer side, in pixels. */
    @WithDefault("8192")
    @Range(min = 8, max = 65_536, message = Messages.RANGE)
    int maxSide();

    /** Maximum number of pixels of an image, and of all images that this process decodes concurrently. */
    @WithDefault("16777216")
    @Range(min = 64, max = 1 << 30, message = Messages.RANGE)
    int maxPixels();

    /** What to do with items that may be unsafe: publish them with their flags, or reject them. */
    @WithDefault("flag")
    Unsafe unsafe();

    /** Words and phrases that flag a prompt; default: a short built-in list. */
    Optional<List<String>> unsafeWords();

    /** Captioner that writes missing plain prompts: {@code none}, {@code playground} or the name of a plugin. */
    @WithDefault("none")
    @NotBlank(message = Messages.BLANK) String captioner();

    /**
     * Scorer that measures how well prompt and image match: {@code none}, {@code playground} or the name of a plugin.
     */
    @WithDefault("none")
    @NotBlank(message = Messages.BLANK) String scorer();

    /** Minimum similarity of prompt and image; default: the scorer's. */
    OptionalDouble minSimilarity();

    /** What to do with an item whose given prompt does not match: reject it, or let the captioner write another one. */
    @WithDefault("drop")
    OnMismatch onMismatch();

    /** Downloads of images and pages. */
    Http http();

    /** Limits of downloads. */
    interface Http {
        /** Timeout of one request. */
        @WithDefault("60s")
        @DurationMin(millis = 100, message = "must be at least 100 ms but is ${validatedValue}")
        @DurationMax(hours = 1, message = "must be at most 1 h but is ${validatedValue}")
        Duration timeout();

        /** Maximum number of requests for one address. */
        @WithDefault("4")
        @Range(min = 1, max = 20, message = Messages.RANGE)
        int attempts();

        /** Maximum of the random wait before the second request; doubles up to 30 s. */
        @WithDefault("500ms")
        @DurationMin(message = "must be 0 or more but is ${validatedValue}")
        @DurationMax(seconds = 30, message = "must be at most 30 s but is ${validatedValue}")
        Duration backoff();

        /** Maximum number of redirects of one request. */
        @WithDefault("5")
        @Range(min = 0, max = 20, message = Messages.RANGE)
        int maxRedirects();

        /** Whether addresses may resolve to this machine's own network, including loopback and link-local. */
        @WithDefault("false")
        boolean allowPrivateAddresses();
    }

    /** What becomes of items that may be unsafe. */
    enum Unsafe {
        FLAG,
        DROP
    }

    /** What becomes of items whose given sentence does not fit. */
    enum OnMismatch {
        DROP,
        RECAPTION
    }
}
