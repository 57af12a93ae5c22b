package io.surstream.contract.prompt;

import static io.surstream.contract.failure.Failures.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.surstream.contract.NearMiss;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the fields of one JSON object, and collects what is wrong instead of stopping at the first problem. */
final class PromptFields {
    private static final String SAMPLING = "sampling";

    private final Set<PromptField> allowed;
    private final Set<PromptField> seen = EnumSet.noneOf(PromptField.class);
    private final PromptSubmitted.Builder prompt = PromptSubmitted.newBuilder();
    private final SamplingSettings.Builder sampling = SamplingSettings.newBuilder();
    private final AdapterChoice.Builder adapter = AdapterChoice.newBuilder();
    private final List<Failure> problems = new ArrayList<>();

    PromptFields(Set<PromptField> allowed) {
        this.allowed = allowed;
    }

    List<Failure> problems() {
        return problems;
    }

    PromptSubmitted prompt() {
        SamplingSettings settings = sampling.build();
        if (!settings.equals(SamplingSettings.getDefaultInstance())) {
            prompt.setSampling(settings);
        }
        AdapterChoice choice = adapter.build();
        if (!choice.equals(AdapterChoice.getDefaultInstance())) {
            prompt.setAdapter(choice);
        }
        return prompt.build();
    }

    void read(ObjectNode object) {
        object.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (name.equals(SAMPLING) && !value.isNull()) {
                nested(name, value, SamplingSettings.getDescriptor());
            } else if (name.equals(PromptField.ADAPTER.fieldName()) && value.isObject()) {
                nested(name, value, AdapterChoice.getDescriptor());
            } else if (!name.equals(SAMPLING)) {
                read(name, name, value, allowed);
            }
        });
    }

    private void nested(String path, JsonNode value, Descriptor message) {
        if (!(value instanceof ObjectNode object)) {
            problems.add(invalid(path, ProtoValues.text(value), "an object of settings"));
            return;
        }
        Set<PromptField> among = allowed.stream()
                .filter(field -> field.descriptor().getContainingType().equals(message))
                .collect(Collectors.toSet());
        object.properties()
                .forEach(entry -> read(path + "." + entry.getKey(), entry.getKey(), entry.getValue(), among));
    }

    private void read(String path, String name, JsonNode value, Set<PromptField> among) {
        Optional<PromptField> known = PromptField.named(name, among);
        if (known.isEmpty()) {
            problems.add(unknown(path, name));
        } else if (!value.isNull()) {
            set(known.get(), value);
        }
    }

    private void set(PromptField field, JsonNode value) {
        if (!seen.add(field)) {
            String names = String.join(", ", field.names());
            problems.add(
                    invalid(field.fieldName(), ProtoValues.text(value), "given once: " + names + " mean the same"));
            return;
        }
        Optional<Object> read = ProtoValues.of(field.descriptor(), value);
        if (read.isEmpty()) {
            problems.add(invalid(field.fieldName(), ProtoValues.text(value), ProtoValues.kind(field.descriptor())));
        } else {
            builder(field).setField(field.descriptor(), read.get());
        }
    }

    private Message.Builder builder(PromptField field) {
        Descriptor message = field.descriptor().getContainingType();
        if (message.equals(SamplingSettings.getDescriptor())) {
            return sampling;
        }
        return message.equals(AdapterChoice.getDescriptor()) ? adapter : prompt;
    }

    private Failure unknown(String path, String name) {
        List<String> known = PromptField.snakeNames(allowed);
        String limit = "one of " + String.join(", ", known);
        String hint = NearMiss.of(name, known)
                .map("did you mean %s?"::formatted)
                .orElse("the fields are " + String.join(", ", known));
        String shown = Failures.shown(path);
        return Failures.of(FailureType.UNKNOWN_FIELD, shown, shown, limit, shown + " is no field of a prompt: " + hint);
    }
}
