package io.surstream.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The services of a deployment. Rights, metrics and build rules are given by these names. */
public enum ServiceName {
    PROMPT_ENCODER,
    IMAGE_SAMPLER,
    LLM_TEACHER,
    TRAINER,
    EVALUATOR,
    CURATOR,
    GATEWAY;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in events, metrics, settings, users and images, such as {@code prompt-encoder}. */
    public String label() {
        return label;
    }

    /** Labels of several services, in the given order. */
    public static List<String> labels(ServiceName... services) {
        return Arrays.stream(services).map(ServiceName::label).toList();
    }

    /** The service with a label; empty for any other name. */
    public static Optional<ServiceName> of(String label) {
        return Arrays.stream(values())
                .filter(service -> service.label.equals(label))
                .findFirst();
    }
}
