package io.surstream.metrics;

import java.util.List;

/** Who exposes what, by the services' names. */
final class Services {
    static final List<String> ENCODER = List.of("prompt-encoder");
    static final List<String> SAMPLER = List.of("image-sampler");
    static final List<String> TEACHER = List.of("llm-teacher");
    static final List<String> TRAINER = List.of("trainer");
    static final List<String> EVALUATOR = List.of("evaluator");
    static final List<String> CURATOR = List.of("curator");
    static final List<String> GATEWAY = List.of("gateway");
    /** Those that take events from a topic one by one or in batches. */
    static final List<String> WORKERS =
            List.of("prompt-encoder", "image-sampler", "llm-teacher", "trainer", "evaluator");

    static final List<String> CACHES =
            List.of("prompt-encoder", "image-sampler", "llm-teacher", "trainer", "evaluator");
    static final List<String> ALL =
            List.of("prompt-encoder", "image-sampler", "llm-teacher", "trainer", "evaluator", "curator", "gateway");

    private Services() {}
}
