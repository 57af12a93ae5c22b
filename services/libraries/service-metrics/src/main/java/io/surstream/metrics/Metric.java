package io.surstream.metrics;

import java.util.List;

/**
 * Every SurStream metric, by its Prometheus name. Label values come from small sets: stages, outcomes, topics, never
 * jobs, prompts or keys. docs/metrics.md is made from this list, and a test compares it with what running services
 * expose.
 */
public enum Metric {
    JOB_DURATION(
            "surstream_job_duration_seconds",
            Kind.AGE,
            Services.GATEWAY,
            "Time from a job's submission until a stage had processed it",
            Label.STAGE,
            Label.JOB_OUTCOME),
    JOBS_IN_FLIGHT(
            "surstream_jobs_in_flight", Kind.GAUGE, Services.GATEWAY, "Unfinished jobs of this gateway's partitions"),
    JOBS_OLDEST_AGE(
            "surstream_jobs_oldest_age_seconds",
            Kind.GAUGE,
            Services.GATEWAY,
            "Age of the oldest job in flight; 0 when there is none"),
    VIEW_SKIPPED(
            "surstream_job_view_skipped_records_total",
            Kind.COUNTER,
            Services.GATEWAY,
            "Records that the job view skipped, by topic and reason",
            Label.TOPIC,
            Label.REASON),
    VIEW_STALLED(
            "surstream_job_view_stalled_seconds",
            Kind.GAUGE,
            Services.GATEWAY,
            "Time without progress of the job view while records wait; otherwise 0"),
    EVENT_STREAMS("surstream_gateway_event_streams", Kind.GAUGE, Services.GATEWAY, "Open event streams (SSE)"),
    SHARE_GROUP_BACKLOG(
            "surstream_share_group_backlog_records",
            Kind.GAUGE,
            Services.GATEWAY,
            "Records of a topic that a share group has not finished; absent while the cluster does not answer",
            Label.GROUP,
            Label.TOPIC),
    CONSUMER_GROUP_LAG(
            "surstream_consumer_group_lag_records",
            Kind.GAUGE,
            Services.GATEWAY,
            "Records of a topic that a consumer group has not committed; absent while the cluster does not answer",
            Label.GROUP,
            Label.TOPIC),

    BATCH_SIZE("surstream_events_batch_size", Kind.SIZE, Services.WORKERS, "Events handled together", Label.WORKER),
    QUEUE_TIME(
            "surstream_events_queue_time_seconds",
            Kind.AGE,
            Services.WORKERS,
            "Time from a record's timestamp until a worker received it",
            Label.WORKER),
    HANDLING(
            "surstream_events_handling_seconds",
            Kind.WORK,
            Services.WORKERS,
            "Handler time per batch or event",
            Label.WORKER),
    HANDLED("surstream_events_handled_total", Kind.COUNTER, Services.WORKERS, "Handled events", Label.WORKER),
    REDELIVERED(
            "surstream_events_redelivered_total",
            Kind.COUNTER,
            Services.WORKERS,
            "Redelivered events of a share group",
            Label.WORKER),
    LOST_LOCKS(
            "surstream_events_lost_locks_total",
            Kind.COUNTER,
            Services.WORKERS,
            "Acquisition locks of share groups that expired during processing",
            Label.WORKER),
    RECONNECTIONS(
            "surstream_worker_reconnections_total",
            Kind.COUNTER,
            Services.WORKERS,
            "Reconnections to the cluster",
            Label.WORKER),
    LAST_POLL(
            "surstream_worker_last_poll_timestamp_seconds",
            Kind.GAUGE,
            Services.WORKERS,
            "Unix time of the worker's last poll or of its last heartbeat during an event",
            Label.WORKER),
    DEAD_LETTERS(
            "surstream_dead_letters_total",
            Kind.COUNTER,
            Services.WORKERS,
            "Dead-lettered records, by origin topic and failure type",
            Label.WORKER,
            Label.TOPIC,
            Label.REASON),

    CACHE_REQUESTS(
            "surstream_cache_requests_total",
            Kind.COUNTER,
            Services.CACHES,
            "Cache lookups",
            Label.CACHE,
            Label.CACHE_RESULT),
    CACHE_BYTES(
            "surstream_cache_bytes",
            Kind.GAUGE,
            Services.SAMPLER,
            "Content that a cache keeps, where its bound is in bytes",
            Label.CACHE),
    STORAGE_REQUEST(
            "surstream_storage_request_seconds",
            Kind.WORK,
            Services.ALL,
            "Object storage calls, including their retries",
            Label.STORE_OPERATION,
            Label.STORE_OUTCOME),

    ENCODER_ENCODE(
            "surstream_encoder_encode_seconds",
            Kind.WORK,
            Services.ENCODER,
            "One batch through tokenizer, text encoder and adapter"),
    ENCODER_PROMPTS(
            "surstream_encoder_prompts_total",
            Kind.COUNTER,
            Services.ENCODER,
            "Prompts by outcome",
            Label.ENCODER_OUTCOME),
    ADAPTER(
            "surstream_encoder_adapter_info",
            Kind.GAUGE,
            Services.ENCODER,
            "1 for the adapter revision of a channel; absent for a channel without an adapter",
            Label.CHANNEL,
            Label.REVISION),
    ADAPTER_SEQUENCE(
            "surstream_encoder_adapter_sequence",
            Kind.GAUGE,
            Services.ENCODER,
            "Sequence of the last received promotion",
            Label.CHANNEL),
    ADAPTER_SWAPS(
            "surstream_encoder_adapter_swaps_total",
            Kind.COUNTER,
            Services.ENCODER,
            "Promotions put into effect",
            Label.CHANNEL),
    ADAPTER_REFUSALS(
            "surstream_encoder_adapter_refusals_total",
            Kind.COUNTER,
            Services.ENCODER,
            "Skipped promotions: for another base model, or not an adapter",
            Label.CHANNEL),
    ADAPTER_FAILURES(
            "surstream_encoder_adapter_failures_total",
            Kind.COUNTER,
            Services.ENCODER,
            "Failed attempts to load a promoted adapter",
            Label.CHANNEL),

    SAMPLER_DENOISE("surstream_sampler_denoise_seconds", Kind.WORK, Services.SAMPLER, "All denoising steps of one job"),
    SAMPLER_DECODE(
            "surstream_sampler_decode_seconds",
            Kind.WORK,
            Services.SAMPLER,
            "Decoding of one job's latents to PNG files"),
    SAMPLER_STEPS(
            "surstream_sampler_denoising_steps_total",
            Kind.COUNTER,
            Services.SAMPLER,
            "Denoising steps; one step covers all images of a batch"),
    SAMPLER_IMAGES("surstream_sampler_images_total", Kind.COUNTER, Services.SAMPLER, "Sampled images"),

    TEACHER_PROMPTS(
            "surstream_teacher_prompts_total",
            Kind.COUNTER,
            Services.TEACHER,
            "Prompts by outcome; those found in a cache are not counted",
            Label.TEACHER_OUTCOME),
    TEACHER_TOKENS("surstream_teacher_tokens_total", Kind.COUNTER, Services.TEACHER, "Tokens processed by the model"),
    TEACHER_BATCH_SIZE("surstream_teacher_batch_size", Kind.SIZE, Services.TEACHER, "Prompts per forward pass"),
    TEACHER_EMBED("surstream_teacher_embed_seconds", Kind.WORK, Services.TEACHER, "One embedding request"),

    TRAINER_ACTIVE("surstream_trainer_runs_active", Kind.GAUGE, Services.TRAINER, "Active runs: 0 or 1"),
    TRAINER_LAST_PROGRESS(
            "surstream_trainer_last_progress_timestamp_seconds",
            Kind.GAUGE,
            Services.TRAINER,
            "Unix time of the active run's last progress (training step or preparation); NaN without a run"),
    TRAINER_STEPS(
            "surstream_trainer_steps_total",
            Kind.COUNTER,
            Services.TRAINER,
            "Optimizer steps; steps with a non-finite loss are skipped",
            Label.STEP_OUTCOME),
    TRAINER_EXAMPLES("surstream_trainer_examples_total", Kind.COUNTER, Services.TRAINER, "Processed examples"),
    TRAINER_LOSS(
            "surstream_trainer_loss",
            Kind.GAUGE,
            Services.TRAINER,
            "Losses of the last step; NaN without a run",
            Label.LOSS),
    TRAINER_GRADIENT_NORM(
            "surstream_trainer_gradient_norm",
            Kind.GAUGE,
            Services.TRAINER,
            "Gradient norm of the last step; NaN without a run"),
    TRAINER_LEARNING_RATE(
            "surstream_trainer_learning_rate",
            Kind.GAUGE,
            Services.TRAINER,
            "Learning rate of the last step; NaN without a run"),
    TRAINER_GLOBAL_STEP(
            "surstream_trainer_global_step",
            Kind.GAUGE,
            Services.TRAINER,
            "Global step of the active run; NaN without a run"),

    EVALUATION("surstream_evaluator_evaluation_seconds", Kind.AGE, Services.EVALUATOR, "Evaluation of one checkpoint"),
    VERDICTS(
            "surstream_evaluator_verdicts_total",
            Kind.COUNTER,
            Services.EVALUATOR,
            "Evaluated checkpoints",
            Label.VERDICT),
    PROMOTIONS(
            "surstream_evaluator_promotions_total",
            Kind.COUNTER,
            Services.EVALUATOR,
            "Promotions by the evaluator's own policy",
            Label.CHANNEL),
    CURATED_ITEMS(
            "surstream_curator_items_total",
            Kind.COUNTER,
            Services.CURATOR,
            "Items of a source by result: published, or the stage and reason that rejected them",
            Label.CURATION_STAGE,
            Label.REASON),

    PROCESS_MEMORY(
            "surstream_process_resident_memory_bytes",
            Kind.GAUGE,
            Services.ALL,
            "Physical memory of the process, Java heap and libtorch's tensors together (Linux)"),
    MEMORY_LIMIT(
            "surstream_memory_limit_bytes",
            Kind.GAUGE,
            Services.ALL,
            "Memory limit of the process: the container's limit, or else the machine's memory"),
    DISK_FREE(
            "surstream_disk_free_bytes",
            Kind.GAUGE,
            Services.ALL,
            "Free space on the disk of a folder that the process writes to",
            Label.PATH_ROLE),
    DISK_SIZE("surstream_disk_size_bytes", Kind.GAUGE, Services.ALL, "Size of the same disk", Label.PATH_ROLE),
    GPU_MEMORY_USED(
            "surstream_gpu_memory_used_bytes",
            Kind.GAUGE,
            Services.ALL,
            "Memory in use on a GPU by all processes; only if nvidia-smi is installed",
            Label.GPU),
    GPU_MEMORY_SIZE(
            "surstream_gpu_memory_size_bytes",
            Kind.GAUGE,
            Services.ALL,
            "Memory of a GPU; only if nvidia-smi is installed",
            Label.GPU);

    private final String prometheusName;
    private final Kind kind;
    private final List<String> services;
    private final String meaning;
    private final List<Label> labels;

    Metric(String prometheusName, Kind kind, List<String> services, String meaning, Label... labels) {
        this.prometheusName = prometheusName;
        this.kind = kind;
        this.services = services;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    /** As in a scrape, for a histogram without {@code _bucket}, {@code _count} and {@code _sum}. */
    public String prometheusName() {
        return prometheusName;
    }

    public Kind kind() {
        return kind;
    }

    /** In the order in which their values are given. */
    public List<Label> labels() {
        return labels;
    }

    /** Names of the services that expose it. */
    public List<String> services() {
        return services;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }

    /** Whether a machine without a GPU exposes it too. */
    public boolean isEverywhere() {
        return this != GPU_MEMORY_USED && this != GPU_MEMORY_SIZE;
    }

    /** What Micrometer calls it: its Prometheus registry makes {@link #prometheusName} of this. */
    public String meterName() {
        String unit = kind == Kind.GAUGE ? "" : "_(total|seconds)$";
        return prometheusName.replaceAll(unit, "").replace('_', '.');
    }
}
