package io.surstream.curator.report;

import io.surstream.contract.ServiceName;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.v1.Failure;

/** A request that cannot be done, and why. */
public final class ImportRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public ImportRefusedException(Failure failure) {
        super(failure.getMessage());
        this.failure = failure;
    }

    /** @param limit what is allowed, in words */
    public static ImportRefusedException of(String field, String value, String limit, String message) {
        return new ImportRefusedException(
                Failures.of(FailureType.INVALID_ARGUMENT, field, value, limit, message).toBuilder()
                        .setStage(ServiceName.CURATOR.label())
                        .build());
    }

    public Failure failure() {
        return failure;
    }
}
