package io.surstream.gateway.problem;

import io.surstream.contract.failure.Failures;
import io.surstream.v1.Failure;

/**
 * One thing wrong with a request, as REST shows a {@link Failure}.
 *
 * @param type stable kind, upper snake case, e.g. INVALID_ARGUMENT, UNKNOWN_FIELD
 * @param field name of the offending field; "body" when the whole body is to blame
 * @param value the offending value, shortened
 * @param limit what is allowed, in words
 * @param message one sentence: object, value, limit and what to do
 */
public record FieldViolation(String type, String field, String value, String limit, String message) {

    public static FieldViolation of(Failure failure) {
        return new FieldViolation(
                failure.getType(), failure.getField(), failure.getValue(), failure.getLimit(), failure.getMessage());
    }

    public static FieldViolation invalid(String field, Object value, String limit) {
        return of(Failures.invalid(field, value, limit));
    }
}
