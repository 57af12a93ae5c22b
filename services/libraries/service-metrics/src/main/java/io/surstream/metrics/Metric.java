package io.surstream.metrics;

import java.util.List;

/**
 * Every metric of our own, by its Prometheus name. Label values come from small sets: stages, outcomes, topics, never jobs,
 * prompts or keys. docs/metrics.md is made from this list, and a test compares it with what running services expose.
 */
public enum Metric {
    JOB_AGE(
            "surstream_job_age_seconds",
            Kind.AGE,
            Services.GATEWAY,
            "From a job's submission to the moment at which a stage was done with it",
            Label.STAGE,
            Label.JOB_OUTCOME),
    JOBS_IN_FLIGHT(
            "surstream_jobs_in_flight",
            Kind.GAUGE,
            Services.GATEWAY,
            "Jobs of this gateway's partitions that have not ended"),
    JOBS_OLDEST_AGE(
            "surstream_jobs_oldest_age_seconds",
            Kind.GAUGE,
            Services.GATEWAY,
            "Age of the oldest job in flight; 0 when there is none"),
    VIEW_SKIPPED(
            "surstream_job_view_skipped_records_total",
            Kind.COUNTER,
            Services.GATEWAY,
            "Records that the job view leaves out, by topic and reason",
            Label.TOPIC,
            Label.REASON),
    VIEW_STALLED(
            "surstream_job_view_stalled_seconds",
            Kind.GAUGE,
            Services.GATEWAY,
            "How long the job view has not got on although records wait; 0 while it gets on"),
    EVENT_STREAMS("surstream_gateway_event_streams", Kind.GAUGE, Services.GATEWAY, "Event streams (SSE) open now"),
    SHARE_GROUP_BACKLOG(
            "surstream_share_group_backlog_records",
            Kind.GAUGE,
            Services.GATEWAY,
            "Records of a topic that a share group has not finished; absent while the cluster does not tell",
            Label.GROUP,
            Label.TOPIC),
    CONSUMER_GROUP_LAG(
            "surstream_consumer_group_lag_records",
            Kind.GAUGE,
            Services.GATEWAY,
            "Records of a topic that a consumer group has not committed; absent while the cluster does not tell",
            Label.GROUP,
            Label.TOPIC),

    BATCH_SIZE("surstream_events_batch_size", Kind.SIZE, Services.WORKERS, "Events handled together", Label.WORKER),
    QUEUE_AGE(
            "surstream_events_queue_age_seconds",
            Kind.AGE,
            Services.WORKERS,
            "From a record's timestamp to the moment at which it was taken",
            Label.WORKER),
    HANDLING(
            "surstream_events_handling_seconds",
            Kind.WORK,
            Services.WORKERS,
            "Time in the handler, a batch or an event at a time",
            Label.WORKER),
    HANDLED("surstream_events_handled_total", Kind.COUNTER, Services.WORKERS, "Events that were handled", Label.WORKER),
    REDELIVERED(
            "surstream_events_redelivered_total",
            Kind.COUNTER,
            Services.WORKERS,
            "Events of a share group that came again",
            Label.WORKER),
    LOST_LEASES(
            "surstream_events_lost_leases_total",
            Kind.COUNTER,
            Services.WORKERS,
            "Locks of share-group records lost while they were worked on",
            Label.WORKER),
    RECONNECTIONS(
            "surstream_worker_reconnections_total",
            Kind.COUNTER,
            Services.WORKERS,
            "Connections to the cluster that broke and were made anew",
            Label.WORKER),
    LAST_POLL(
            "surstream_worker_last_poll_timestamp_seconds",
            Kind.GAUGE,
            Services.WORKERS,
            "When the worker last asked the cluster for events, or showed life within one; Unix time",
            Label.WORKER),
    DEAD_LETTERS(
            "surstream_dead_letters_total",
            Kind.COUNTER,
            Services.WORKERS,
            "Records given up, by the topic they came from and the failure's type",
            Label.WORKER,
            Label.TOPIC,
            Label.REASON),

    CACHE_REQUESTS(
            "surstream_cache_requests_total",
            Kind.COUNTER,
            Services.CACHES,
            "Look-ups in a cache",
            Label.CACHE,
            Label.CACHE_RESULT),
    STORAGE_REQUEST(
            "surstream_storage_request_seconds",
            Kind.WORK,
            Services.ALL,
            "Calls of object storage with their repetitions",
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
            "1 for the adapter revision that serves a channel; none where it has no adapter",
            Label.CHANNEL,
            Label.REVISION),
    ADAPTER_SEQUENCE(
            "surstream_encoder_adapter_sequence",
            Kind.GAUGE,
            Services.ENCODER,
            "Sequence of the last promotion heard of",
            Label.CHANNEL),
    ADAPTER_SWAPS(
            "surstream_encoder_adapter_swaps_total",
            Kind.COUNTER,
            Services.ENCODER,
            "Promotions taken over",
            Label.CHANNEL),
    ADAPTER_REFUSALS(
            "surstream_encoder_adapter_refusals_total",
            Kind.COUNTER,
            Services.ENCODER,
            "Promotions left aside: for another base model, or no adapter",
            Label.CHANNEL),
    ADAPTER_FAILURES(
            "surstream_encoder_adapter_failures_total",
            Kind.COUNTER,
            Services.ENCODER,
            "Attempts to load a promoted adapter that failed",
            Label.CHANNEL),

    SAMPLER_DENOISE("surstream_sampler_denoise_seconds", Kind.WORK, Services.SAMPLER, "All denoising steps of one job"),
    SAMPLER_DECODE("surstream_sampler_decode_seconds", Kind.WORK, Services.SAMPLER, "Latents of one job to PNG files"),
    SAMPLER_STEPS(
            "surstream_sampler_denoising_steps_total",
            Kind.COUNTER,
            Services.SAMPLER,
            "Denoising steps; one step takes all pictures that are drawn together"),
    SAMPLER_IMAGES("surstream_sampler_images_total", Kind.COUNTER, Services.SAMPLER, "Pictures drawn"),

    TEACHER_PROMPTS(
            "surstream_teacher_prompts_total",
            Kind.COUNTER,
            Services.TEACHER,
            "Prompts by outcome; those found in a cache are not counted",
            Label.TEACHER_OUTCOME),
    TEACHER_TOKENS(
            "surstream_teacher_tokens_total", Kind.COUNTER, Services.TEACHER, "Tokens that went through the model"),
    TEACHER_BATCH_SIZE(
            "surstream_teacher_batch_size", Kind.SIZE, Services.TEACHER, "Prompts that were computed together"),
    TEACHER_EMBED("surstream_teacher_embed_seconds", Kind.WORK, Services.TEACHER, "One question to the teacher"),

    TRAINER_ACTIVE("surstream_trainer_runs_active", Kind.GAUGE, Services.TRAINER, "Runs in hand: 0 or 1"),
    TRAINER_LAST_PROGRESS(
            "surstream_trainer_last_progress_timestamp_seconds",
            Kind.GAUGE,
            Services.TRAINER,
            "When the run in hand last got on by a step or a part of its preparation; Unix time, NaN without a run"),
    TRAINER_STEPS(
            "surstream_trainer_steps_total",
            Kind.COUNTER,
            Services.TRAINER,
            "Optimizer steps; skipped are those whose loss was not finite",
            Label.STEP_OUTCOME),
    TRAINER_EXAMPLES("surstream_trainer_examples_total", Kind.COUNTER, Services.TRAINER, "Examples worked on"),
    TRAINER_LOSS(
            "surstream_trainer_loss",
            Kind.GAUGE,
            Services.TRAINER,
            "Losses of the last step by part; NaN without a run",
            Label.LOSS_PART),
    TRAINER_GRADIENT_NORM(
            "surstream_trainer_gradient_norm", Kind.GAUGE, Services.TRAINER, "Of the last step; NaN without a run"),
    TRAINER_LEARNING_RATE(
            "surstream_trainer_learning_rate", Kind.GAUGE, Services.TRAINER, "Of the last step; NaN without a run"),
    TRAINER_GLOBAL_STEP(
            "surstream_trainer_global_step", Kind.GAUGE, Services.TRAINER, "Of the run in hand; NaN without a run"),

    EVALUATION(
            "surstream_evaluator_evaluation_seconds",
            Kind.AGE,
            Services.EVALUATOR,
            "One checkpoint, drawn and compared"),
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
            "Items of a source by where they ended: published, or the stage and reason that dropped them",
            Label.END,
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
            "Physical memory that the process may use: the container's limit, or else the machine's"),
    DISK_FREE(
            "surstream_disk_free_bytes",
            Kind.GAUGE,
            Services.ALL,
            "Free space on the disk of a folder that the process writes to",
            Label.FOLDER),
    DISK_SIZE("surstream_disk_size_bytes", Kind.GAUGE, Services.ALL, "Size of the same disk", Label.FOLDER),
    GPU_MEMORY_USED(
            "surstream_gpu_memory_used_bytes",
            Kind.GAUGE,
            Services.ALL,
            "Memory in use on a GPU, by whomever; only where nvidia-smi is there",
            Label.GPU),
    GPU_MEMORY_SIZE(
            "surstream_gpu_memory_size_bytes",
            Kind.GAUGE,
            Services.ALL,
            "Memory of a GPU; only where nvidia-smi is there",
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

    /** As it stands in a scrape, for a histogram without {@code _bucket}, {@code _count} and {@code _sum}. */
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
