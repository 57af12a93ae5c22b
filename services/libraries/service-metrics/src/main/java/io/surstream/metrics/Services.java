package io.surstream.metrics;

import io.surstream.contract.ServiceName;
import java.util.List;

/** Who exposes what, by the services' names. */
final class Services {
    static final List<String> ENCODER = ServiceName.labels(ServiceName.PROMPT_ENCODER);
    static final List<String> SAMPLER = ServiceName.labels(ServiceName.IMAGE_SAMPLER);
    static final List<String> TEACHER = ServiceName.labels(ServiceName.LLM_TEACHER);
    static final List<String> TRAINER = ServiceName.labels(ServiceName.TRAINER);
    static final List<String> EVALUATOR = ServiceName.labels(ServiceName.EVALUATOR);
    static final List<String> CURATOR = ServiceName.labels(ServiceName.CURATOR);
    static final List<String> GATEWAY = ServiceName.labels(ServiceName.GATEWAY);
    /** Those that take events from a topic one by one or in batches. */
    static final List<String> WORKERS = ServiceName.labels(
            ServiceName.PROMPT_ENCODER,
            ServiceName.IMAGE_SAMPLER,
            ServiceName.LLM_TEACHER,
            ServiceName.TRAINER,
            ServiceName.EVALUATOR);

    static final List<String> CACHES = WORKERS;
    static final List<String> ALL = ServiceName.labels(ServiceName.values());

    private Services() {}
}
