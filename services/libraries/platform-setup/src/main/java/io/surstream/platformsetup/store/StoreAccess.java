package io.surstream.platformsetup.store;

import io.surstream.contract.ServiceName;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What each account does in the deployment's bucket, and so what it must be allowed: the one table that the store's
 * policies are made from. A key prefix may hold one {@code *} for the name of a run. Every account sees the names of
 * all objects, because S3 requires that right to check whether the bucket or an object is there; contents are another
 * matter.
 */
public enum StoreAccess {
    GATEWAY(ServiceName.GATEWAY, new StoreRights().reads("images/").deletes("images/")),
    PROMPT_ENCODER(
            ServiceName.PROMPT_ENCODER,
            new StoreRights()
                    .reads("adapters/imported/", "training/runs/*/checkpoints/")
                    .writes("prompt-embeds/")
                    .loadsModels()),
    IMAGE_SAMPLER(
            ServiceName.IMAGE_SAMPLER,
            new StoreRights()
                    .reads("images/", "prompt-embeds/")
                    .writes("images/")
                    .loadsModels()),
    CURATOR(
            ServiceName.CURATOR,
            new StoreRights().reads("curated/datasets/").writes("curated/datasets/", "curated/images/")),
    LLM_TEACHER(
            ServiceName.LLM_TEACHER,
            new StoreRights().writes("teacher-embeddings/").loadsModels()),
    TRAINER(
            ServiceName.TRAINER,
            new StoreRights()
                    .reads("adapters/imported/", "curated/images/", "teacher-embeddings/", "training/")
                    .writes("training/")
                    .deletes("training/open/", "training/runs/*/checkpoints/")
                    .loadsModels()),
    EVALUATOR(
            ServiceName.EVALUATOR,
            new StoreRights()
                    .reads("adapters/imported/", "evaluations/", "training/runs/*/checkpoints/")
                    .writes("evaluations/")
                    .loadsModels()),
    /** An external program that requests images. */
    PROMPT_APP("prompt-app", new StoreRights().reads("images/")),
    /** A person with the commands {@code adapters}, {@code train} and {@code doctor}. */
    OPERATOR(
            "operator",
            new StoreRights()
                    .reads("adapters/imported/", "doctor/", "evaluations/", "training/runs/*/checkpoints/")
                    .writes("adapters/imported/", "doctor/")
                    .deletes("doctor/")),
    /** The user who runs {@code surstream backup}. */
    BACKUP("backup", new StoreRights().reads("")),
    /** The user who runs {@code surstream restore} on a bucket that bootstrap has made. */
    RESTORE("restore", new StoreRights().reads("").writes(""));

    private final String user;
    private final StoreRights rights;

    StoreAccess(ServiceName service, StoreRights rights) {
        this(service.label(), rights);
    }

    StoreAccess(String user, StoreRights rights) {
        this.user = user;
        this.rights = rights;
    }

    /** Whose rights these are: a service by its name, empty for a name that is none. */
    public static Optional<StoreAccess> of(String user) {
        return Arrays.stream(values())
                .filter(access -> access.user.equals(user))
                .findFirst();
    }

    /** Name of the service or role, and its access key unless another one is configured. */
    public String user() {
        return user;
    }

    /** Prefixes of the keys that it reads; the empty one is that of every key. */
    public Set<String> reads() {
        return rights.prefixes(StoreRights.Use.READS);
    }

    /** Prefixes of the keys that it writes, over what is there too. */
    public Set<String> writes() {
        return rights.prefixes(StoreRights.Use.WRITES);
    }

    /** Prefixes of the keys that it deletes; in a versioned bucket the old version stays. */
    public Set<String> deletes() {
        return rights.prefixes(StoreRights.Use.DELETES);
    }

    /**
     * Whether it fetches models: from {@code models/} of the deployment's bucket, and from a bucket of models where
     * there is one.
     */
    public boolean loadsModels() {
        return rights.hasModels();
    }
}
