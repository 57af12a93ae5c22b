package io.surstream.gateway.events;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.surstream.v1.JobEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes events small: embeddings and unknown fields go, texts and lists are cut. A job that is folded of such events fits into a record,
 * whatever was published about it.
 */
final class BoundedEvent {

    /** Code points of a prompt. */
    static final int MAX_PROMPT = 10_000;

    /** Code points of any other text. */
    static final int MAX_TEXT = 1_000;

    /** Elements of a list, entries of a map. */
    static final int MAX_ELEMENTS = 1_024;

    private static final Set<String> PROMPTS = Set.of("prompt", "negative_prompt");
    private static final Set<String> LEFT_OUT = Set.of("surstream.v1.Tensor");

    private boolean shortened;

    private BoundedEvent() {}

    static JobEvent of(JobEvent jobEvent) {
        BoundedEvent bounds = new BoundedEvent();
        JobEvent.Builder bounded = ((JobEvent) bounds.message(jobEvent)).toBuilder();
        return bounded.setShortened(jobEvent.getShortened() || bounds.shortened).build();
    }

    private Message message(Message message) {
        Message.Builder builder = message.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance());
        for (Map.Entry<FieldDescriptor, Object> each : message.getAllFields().entrySet()) {
            FieldDescriptor field = each.getKey();
            if (isLeftOut(field)) {
                builder.clearField(field);
            } else if (field.isRepeated()) {
                builder.setField(field, elements(field, (List<?>) each.getValue()));
            } else {
                builder.setField(field, value(field, each.getValue()));
            }
        }
        return builder.build();
    }

    private static boolean isLeftOut(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING
                || field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                        && LEFT_OUT.contains(field.getMessageType().getFullName());
    }

    private List<Object> elements(FieldDescriptor field, List<?> all) {
        shortened |= all.size() > MAX_ELEMENTS;
        List<Object> kept = new ArrayList<>();
        all.stream().limit(MAX_ELEMENTS).forEach(element -> kept.add(value(field, element)));
        return kept;
    }

    private Object value(FieldDescriptor field, Object value) {
        return switch (field.getJavaType()) {
            case STRING -> text((String) value, PROMPTS.contains(field.getName()) ? MAX_PROMPT : MAX_TEXT);
            case MESSAGE -> message((Message) value);
            default -> value;
        };
    }

    private String text(String text, int most) {
        // A code point is at most two chars; counting is for long texts alone.
        if (text.length() <= most || text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        shortened = true;
        return text.substring(0, text.offsetByCodePoints(0, most));
    }
}
