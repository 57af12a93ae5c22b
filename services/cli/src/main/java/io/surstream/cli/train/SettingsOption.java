package io.surstream.cli.train;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.v1.TrainingSettings;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings by the published training script's names, as {@code --set learning_rate=1e-4}, into the event's fields. */
final class SettingsOption {
    private SettingsOption() {}

    /** @throws CommandFailedException with every name that is unknown and every value that is not of its kind */
    static TrainingSettings read(Map<String, String> given) {
        Descriptor fields = TrainingSettings.getDescriptor();
        TrainingSettings.Builder settings = TrainingSettings.newBuilder();
        StringBuilder problems = new StringBuilder();
        given.forEach((name, text) -> {
            FieldDescriptor field = fields.findFieldByName(name);
            if (field == null) {
                problems.append("; ").append(name).append(unknown(name, fields));
                return;
            }
            try {
                settings.setField(field, value(field, text));
            } catch (IllegalArgumentException e) {
                problems.append("; ")
                        .append(name)
                        .append(" must be ")
                        .append(kind(field))
                        .append(" but is ")
                        .append(text);
            }
        });
        if (problems.length() > 0) {
            throw new CommandFailedException("--set: " + problems.substring(2));
        }
        return settings.build();
    }

    private static String unknown(String name, Descriptor fields) {
        return io.surstream.training.settings.TrainingSettings.whyNot(name)
                .map(reason -> " is not offered: " + reason)
                .orElseGet(() -> " is no setting, the settings are " + names(fields));
    }

    private static Object value(FieldDescriptor field, String text) {
        return switch (field.getJavaType()) {
            case DOUBLE -> Double.parseDouble(text);
            case INT -> Integer.parseInt(text);
            case LONG -> Long.parseLong(text);
            case BOOLEAN -> flag(text);
            default -> text;
        };
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return Boolean.parseBoolean(text);
    }

    private static String kind(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case DOUBLE -> "a number";
            case INT, LONG -> "a whole number";
            case BOOLEAN -> "true or false";
            default -> "a text";
        };
    }

    private static String names(Descriptor fields) {
        return fields.getFields().stream().map(FieldDescriptor::getName).collect(Collectors.joining(", "));
    }
}
