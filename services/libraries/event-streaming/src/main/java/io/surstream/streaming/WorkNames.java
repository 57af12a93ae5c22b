package io.surstream.streaming;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.surstream.v1.JobId;
import java.util.Map;

/** What a piece of work is called in logs and spans: {@code jobId}, {@code runId}. Never what is in it. */
final class WorkNames {

    static final String JOB = "jobId";
    static final String RUN = "runId";

    private WorkNames() {}

    /** By the event itself. */
    static Map<String, String> of(Message event) {
        Map<String, String> job = named(JOB, field(event, "job_id"));
        return job.isEmpty() ? named(RUN, field(event, "run_id")) : job;
    }

    /**
     * By the key of a record that need not be an event.
     *
     * @param topic null for one that is none of ours
     * @param key null when the record has none
     */
    static Map<String, String> of(Topic topic, String key) {
        if (topic == null) {
            return Map.of();
        }
        return switch (topic) {
            case PROMPTS_SUBMITTED, PROMPTS_ENCODED, PROMPTS_CANCELLED, IMAGES_PROGRESSED, IMAGES_SAMPLED, JOBS ->
                named(JOB, key);
            case TRAINING_REQUESTED, TRAINING_PROGRESSED -> named(RUN, key);
            default -> Map.of();
        };
    }

    private static String field(Message event, String name) {
        FieldDescriptor field = event.getDescriptorForType().findFieldByName(name);
        return field == null ? null : (String) event.getField(field);
    }

    /** What is no id by its form may be anything and is left out. */
    private static Map<String, String> named(String name, String id) {
        return id != null && JobId.isValid(id) ? Map.of(name, id) : Map.of();
    }
}
