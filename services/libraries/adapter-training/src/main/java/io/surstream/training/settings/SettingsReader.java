package io.surstream.training.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads named values, whatever form they have, and collects what is wrong with them. Absent, null and empty are the same. */
final class SettingsReader {
    private final Map<String, String> values = new TreeMap<>();
    private final TreeSet<String> known = new TreeSet<>();
    private final List<SettingProblem> problems = new ArrayList<>();

    SettingsReader(Map<String, ?> given) {
        given.forEach((name, value) -> {
            if (value != null && !value.toString().isBlank()) {
                values.put(name, value.toString().strip());
            }
        });
    }

    private Optional<String> text(String name) {
        known.add(name);
        return Optional.ofNullable(values.get(name));
    }

    /** Within {@code min} to {@code max}. */
    double number(String name, double fallback, double min, double max) {
        return optionalNumber(name, min, max).orElse(fallback);
    }

    OptionalDouble optionalNumber(String name, double min, double max) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text.get());
            if (value >= min && value <= max) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException e) {
            // falls through to the same refusal as a number out of range
        }
        refuse(name, "a number from " + min + " to " + max);
        return OptionalDouble.empty();
    }

    int count(String name, int fallback, int min, int max) {
        return optionalCount(name, min, max).orElse(fallback);
    }

    OptionalInt optionalCount(String name, int min, int max) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (text.get().matches("[+-]?\\d{1,9}")) {
            int value = Integer.parseInt(text.get());
            if (value >= min && value <= max) {
                return OptionalInt.of(value);
            }
        }
        refuse(name, "a whole number from " + min + " to " + max);
        return OptionalInt.empty();
    }

    long seed(String name, long fallback) {
        Optional<String> text = text(name);
        try {
            return text.map(Long::parseLong).orElse(fallback);
        } catch (NumberFormatException e) {
            refuse(name, "a whole number of 64 bits");
            return fallback;
        }
    }

    boolean flag(String name, boolean fallback) {
        return Boolean.parseBoolean(choice(name, Boolean.toString(fallback), "true", "false"));
    }

    String choice(String name, String fallback, String... supported) {
        Optional<String> text = text(name);
        if (text.isPresent() && !Arrays.asList(supported).contains(text.get())) {
            refuse(name, String.join(", ", supported));
            return fallback;
        }
        return text.orElse(fallback);
    }

    void refuse(String name, String limit) {
        problems.add(new SettingProblem(name, values.getOrDefault(name, "absent"), limit));
    }

    /** @throws TrainingSettingsException if anything was refused, or a name was never asked for */
    void finish() {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                refuse(
                        name,
                        NotOffered.reason(name)
                                .map(reason -> "left out (" + reason + ")")
                                .orElseGet(() -> "left out, since the settings are " + String.join(", ", known)));
            }
        }
        if (!problems.isEmpty()) {
            throw new TrainingSettingsException(problems);
        }
    }
}
