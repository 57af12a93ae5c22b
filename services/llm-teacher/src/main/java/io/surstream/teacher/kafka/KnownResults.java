package io.surstream.teacher.kafka;

/** Which prompts need not be embedded again. */
interface KnownResults {
    /** Learns of everything that has been committed up to now. */
    void refresh();

    /** Whether there was a committed result of the service's teacher, layer and pooling at the last refresh. */
    boolean has(String prompt);
}
