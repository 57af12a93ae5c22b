package io.surstream.metrics;

import io.surstream.contract.ServiceName;
import java.util.List;

/**
 * A label of a metric, and its values if the code knows all of them. Where they depend on settings or on what happens
 * none is listed. Tests hold what is counted, and what queries ask for, against the list.
 */
public enum Label {
    CACHE(
            "cache",
            "adapters",
            "arm-images",
            "fetched-embeddings",
            "frozen-features",
            "negative-prompts",
            "recent-prompts",
            "embedded-prompts"),
    CACHE_RESULT("result", "hit", "miss"),
    CHANNEL("channel", "live", "canary"),
    ENCODER_OUTCOME("outcome", "encoded", "refused"),
    CURATION_STAGE("stage"),
    PATH_ROLE(
            "path_role",
            "temporary",
            "cache",
            "hub",
            "libtorch",
            "encoder-adapters",
            "evaluator-adapters",
            "work",
            "data"),
    GPU("gpu"),
    GROUP("group"),
    JOB_OUTCOME("outcome", "succeeded", "failed", "cancelled"),
    LOSS("loss", "total", "denoising", "llm", "prompt"),
    REASON("reason"),
    REVISION("revision"),
    STAGE("stage", ServiceName.PROMPT_ENCODER.label(), ServiceName.IMAGE_SAMPLER.label()),
    STEP_OUTCOME("outcome", "taken", "skipped"),
    STORE_OPERATION(
            "operation",
            "HeadBucket",
            "GetBucketConfiguration",
            "PutBucketConfiguration",
            "AdminAccounts",
            "PutObject",
            "GetObject",
            "GetObjectRange",
            "HeadObject",
            "ListObjects",
            "DeleteObject",
            "PresignGetObject"),
    STORE_OUTCOME("outcome", "ok", "absent", "present", "refused", "torn", "unavailable"),
    TEACHER_OUTCOME("outcome", "embedded", "refused"),
    TOPIC("topic"),
    VERDICT("verdict", "better", "no_better", "worse"),
    WORKER("worker");

    private final String title;
    private final List<String> known;

    Label(String title, String... known) {
        this.title = title;
        this.known = List.of(known);
    }

    /** Its name in a scrape. */
    public String title() {
        return title;
    }

    /** All values that it can have; empty where the code does not know them. */
    public List<String> known() {
        return known;
    }

    boolean admits(String value) {
        return known.isEmpty() || known.contains(value);
    }
}
