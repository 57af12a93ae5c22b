package io.surstream.contract.failure;

import io.grpc.Status;
import java.util.Optional;

/**
 * Every type that a {@link io.surstream.v1.Failure} of ours has, whichever interface reports it. The names are part of
 * the interface and never change; clients must expect new ones.
 */
public enum FailureType {
    // what is wrong with a request
    /** A value is not allowed; field, value and limit say which. */
    INVALID_ARGUMENT,
    UNKNOWN_FIELD,
    MALFORMED_JSON,
    /** An Idempotency-Key names another request. */
    IDEMPOTENCY_KEY_REUSED,
    UNKNOWN_SCHEDULER,
    UNKNOWN_ADAPTER,
    UNKNOWN_POOLING,
    UNKNOWN_LAYER,
    PROMPT_EMPTY,
    /** The text has more characters than allowed, or more tokens than the text encoder reads and truncate was not set. */
    PROMPT_TOO_LONG,
    /** The adapter is known but cannot be loaded now. */
    ADAPTER_UNAVAILABLE,
    /** Two services, or a service and an artifact, have different base models. */
    MODEL_MISMATCH(Status.FAILED_PRECONDITION),
    TENSOR_NOT_FOUND,
    TENSOR_CORRUPT,

    // what is wrong with a record
    NO_CONTENT,
    RECORD_TOO_LARGE,
    MISSING_TYPE,
    UNKNOWN_TYPE,
    UNKNOWN_VERSION,
    UNSUPPORTED_CONTENT_TYPE,
    NOT_PROTOBUF,
    NOT_UTF8,
    NOT_JSON,
    EVENT_TOO_LARGE,
    DELIVERY_LIMIT_REACHED,

    // why a training run or a checkpoint failed
    MODEL_UNUSABLE,
    CHECKPOINT_UNUSABLE,
    TORN_CHECKPOINT,
    TRAINING_IMPOSSIBLE,
    NO_EXAMPLES,
    NOT_EMBEDDED,
    EXAMPLES_MISSING,
    NO_USABLE_EXAMPLES,
    TEACHER_AMBIGUOUS,
    TEACHER_MISMATCH,
    LOSS_NOT_FINITE,
    ATTEMPTS_EXHAUSTED,
    STORE_REFUSED,
    DISK_FULL,
    /** The checkpoint's file is no adapter, or none for this base model. */
    INVALID_CHECKPOINT,
    /** The adapter that is live, with which a checkpoint is compared, cannot be used. */
    LIVE_UNUSABLE,
    /** No scorer of the evaluator knows the base model's images. */
    NO_SCORER,

    // what a service cannot do, or not now
    NOT_FOUND(Status.NOT_FOUND),
    UNKNOWN_RUN(Status.NOT_FOUND),
    RUN_EXISTS(Status.ALREADY_EXISTS),
    /** The service works on as many requests as it may. */
    BUSY(Status.RESOURCE_EXHAUSTED),
    /** More jobs are in flight than may be. */
    RESOURCE_EXHAUSTED(Status.RESOURCE_EXHAUSTED),
    /** A gRPC message is larger than the service takes. */
    MESSAGE_TOO_LARGE(Status.RESOURCE_EXHAUSTED),
    NOT_READY(Status.UNAVAILABLE),
    PERMISSION_DENIED(Status.PERMISSION_DENIED),
    UNAUTHENTICATED(Status.UNAUTHENTICATED),
    /** Not the caller's fault; the service's log says more. */
    INTERNAL(Status.INTERNAL);

    private final Status status;

    FailureType() {
        this(Status.INVALID_ARGUMENT);
    }

    FailureType(Status status) {
        this.status = status;
    }

    /** The gRPC status that carries such a failure. */
    public Status status() {
        return status;
    }

    /** The type of this name; empty for one that only a newer sender knows. */
    public static Optional<FailureType> of(String name) {
        try {
            return Optional.of(valueOf(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
