package io.surstream.streaming.tracing;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.api.trace.Span;
import io.surstream.contract.ResourceName;
import io.surstream.streaming.topic.Topic;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a piece of work is called in logs and spans: {@code jobId}, {@code runId}, {@code dataset}. Never what is in it. */
public final class LogAttributes {

    static final String JOB = "jobId";
    static final String RUN = "runId";
    static final String DATASET = "dataset";

    private static final Map<String, String> FIELDS = Map.of(JOB, "job_id", RUN, "run_id", DATASET, "dataset");
    private static final Map<String, String> ATTRIBUTES =
            Map.of(JOB, "surstream.job.id", RUN, "surstream.run.id", DATASET, "surstream.dataset");

    private LogAttributes() {}

    /** By the event or request itself. */
    public static Map<String, String> of(Message event) {
        Map<String, String> names = new LinkedHashMap<>();
        FIELDS.forEach((name, field) -> names.putAll(named(name, field(event, field))));
        return names;
    }

    /**
     * Of a record that is no event.
     *
     * @param id null when it names nothing
     */
    public static Map<String, String> of(Topic topic, String id) {
        return switch (topic) {
            case PROMPTS_SUBMITTED, PROMPTS_ENCODED, PROMPTS_CANCELLED, IMAGES_PROGRESSED, IMAGES_SAMPLED, JOBS ->
                named(JOB, id);
            case TRAINING_REQUESTED, TRAINING_PROGRESSED -> named(RUN, id);
            default -> Map.of();
        };
    }

    /** Lets a collector be searched for the work. */
    static void tell(Span span, Map<String, String> names) {
        names.forEach((name, id) -> span.setAttribute(ATTRIBUTES.get(name), id));
    }

    private static String field(Message event, String name) {
        FieldDescriptor field = event.getDescriptorForType().findFieldByName(name);
        return field == null ? null : (String) event.getField(field);
    }

    /** What is no id by its form may be anything and is left out. */
    private static Map<String, String> named(String name, String id) {
        return id != null && ResourceName.isValid(id) ? Map.of(name, id) : Map.of();
    }
}
