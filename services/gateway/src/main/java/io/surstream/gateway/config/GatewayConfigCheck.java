package io.surstream.gateway.config;

import io.surstream.contract.prompt.PromptLimits;
import io.surstream.keys.WrongSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds all problems of the settings together. */
public final class GatewayConfigCheck {

    private static final String PREFIX = "surstream.gateway.";
    private static final long MIB = 1 << 20;

    private final List<String> problems = new ArrayList<>();

    private GatewayConfigCheck() {}

    /** @throws io.smallrye.config.ConfigValidationException naming every wrong setting, its value and its range */
    public static PromptLimits require(GatewayConfig config) {
        GatewayConfigCheck check = new GatewayConfigCheck();
        check.all(config);
        if (!check.problems.isEmpty()) {
            throw WrongSettings.of(check.problems);
        }
        return new PromptLimits(
                config.maxPromptLength(),
                config.maxSteps(),
                config.maxGuidanceScale(),
                config.maxImages(),
                config.maxSide());
    }

    private void all(GatewayConfig config) {
        number("max-prompt-length", config.maxPromptLength(), 1, 100_000);
        number("max-steps", config.maxSteps(), 1, 1_000);
        number("max-guidance-scale", config.maxGuidanceScale(), 1, 1_000);
        number("max-images", config.maxImages(), 1, 1_024);
        number("max-side", config.maxSide(), 8, 65_536);
        number("max-body-size", config.maxBodySize().asLongValue(), 1_024, 64 * MIB);
        number("max-jobs-in-flight", config.maxJobsInFlight(), 1, Integer.MAX_VALUE);
        number("max-event-streams", config.maxEventStreams(), 1, Integer.MAX_VALUE);
        time("stalled-after", config.stalledAfter(), Duration.ofSeconds(10), Duration.ofDays(365));
        time("heartbeat", config.heartbeat(), Duration.ofMillis(100), Duration.ofMinutes(5));
        time("retention", config.retention(), Duration.ofMinutes(1), Duration.ofDays(3_650));
        time("presigned-url-lifetime", config.presignedUrlLifetime(), Duration.ofSeconds(1), Duration.ofDays(7));
        time("publish-timeout", config.publishTimeout(), Duration.ofMillis(100), Duration.ofMinutes(5));
        time("view.commit-interval", config.view().commitInterval(), Duration.ofMillis(1), Duration.ofSeconds(10));
        time("view.progress-timeout", config.view().progressTimeout(), Duration.ofSeconds(1), Duration.ofHours(1));
        time("backlog.refresh", config.backlog().refresh(), Duration.ofSeconds(1), Duration.ofMinutes(10));
        number("view.threads", config.view().threads(), 1, 64);
        String id = config.view().applicationId();
        if (!id.matches("[A-Za-z0-9._-]{1,100}")) {
            problems.add("%sview.application-id must be 1 to 100 characters of A-Z a-z 0-9 . _ - but is \"%s\""
                    .formatted(PREFIX, id));
        }
    }

    private void number(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            problems.add("%s%s must be %s..%s but is %s".formatted(PREFIX, name, plain(min), plain(max), plain(value)));
        }
    }

    private void time(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            problems.add("%s%s must be %s..%s but is %s".formatted(PREFIX, name, min, max, value));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
