package io.surstream.models.pipeline;

/**
 * One setting that cannot be followed.
 *
 * @param field name of the setting as in the proto message SamplingSettings
 * @param value what was asked
 * @param limit what is allowed, in words
 */
public record SamplingProblem(String field, String value, String limit) {

    /** One sentence for people. */
    public String message() {
        return field + " must be " + limit + " but is " + value;
    }
}
