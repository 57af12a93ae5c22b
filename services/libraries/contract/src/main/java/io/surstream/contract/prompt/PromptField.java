package io.surstream.contract.prompt;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every field of a prompt, by the one name that all entry points use: the last part of its path in the protobuf
 * message. JSON also takes protobuf's lowerCamelCase name.
 */
public enum PromptField {
    JOB_ID(PromptSubmitted.getDescriptor()),
    PROMPT(PromptSubmitted.getDescriptor()),
    NEGATIVE_PROMPT(PromptSubmitted.getDescriptor()),
    SEED(SamplingSettings.getDescriptor()),
    NUM_INFERENCE_STEPS(SamplingSettings.getDescriptor(), "steps"),
    GUIDANCE_SCALE(SamplingSettings.getDescriptor()),
    SCHEDULER(SamplingSettings.getDescriptor()),
    NUM_IMAGES(SamplingSettings.getDescriptor()),
    HEIGHT(SamplingSettings.getDescriptor()),
    WIDTH(SamplingSettings.getDescriptor()),
    ADAPTER(AdapterChoice.getDescriptor()),
    ADAPTER_WEIGHT(AdapterChoice.getDescriptor()),
    TRUNCATE(PromptSubmitted.getDescriptor()),
    SUBMITTED_AT_MS(PromptSubmitted.getDescriptor());

    static final Set<PromptField> ALL = Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(values())));

    /** Those of a request that gets its id and time from its receiver. */
    static final Set<PromptField> OF_REQUESTS;

    static {
        Set<PromptField> fields = new LinkedHashSet<>(ALL);
        fields.removeAll(Set.of(JOB_ID, SUBMITTED_AT_MS));
        OF_REQUESTS = Collections.unmodifiableSet(fields);
    }

    private final FieldDescriptor descriptor;
    private final List<String> names;

    PromptField(Descriptor message, String... otherNames) {
        this.descriptor = message.findFieldByName(name().toLowerCase(Locale.ROOT));
        this.names = Stream.concat(Stream.of(descriptor.getName(), descriptor.getJsonName()), Arrays.stream(otherNames))
                .distinct()
                .toList();
    }

    /** Its name in failures: snake case. */
    public String fieldName() {
        return descriptor.getName();
    }

    /** Every name that JSON takes, {@link #fieldName} first. */
    public List<String> names() {
        return names;
    }

    FieldDescriptor descriptor() {
        return descriptor;
    }

    static Optional<PromptField> named(String name, Set<PromptField> among) {
        return among.stream().filter(field -> field.names.contains(name)).findFirst();
    }

    /** Every snake-case name of a request without its own id, for documentation. */
    public static List<String> requestNames() {
        return snakeNames(OF_REQUESTS);
    }

    static List<String> snakeNames(Set<PromptField> among) {
        return among.stream()
                .flatMap(field -> field.names.stream())
                .filter(name -> name.equals(name.toLowerCase(Locale.ROOT)))
                .toList();
    }
}
