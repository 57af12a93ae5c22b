package io.surstream.gateway.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What went wrong, as RFC 9457 writes it, with the first violation's field, value and limit available. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "RFC 9457 problem details, media type application/problem+json")
public record Problem(
        @Schema(examples = "urn:surstream:problem:invalid-request")
        String type,

        @Schema(examples = "The request breaks the rules") String title,
        @Schema(examples = "400") int status,

        @Schema(description = "one sentence for people: object, value, limit and what to do")
        String detail,

        @Schema(description = "the first offending field", examples = "num_inference_steps")
        String field,

        @Schema(description = "its value", examples = "0") String value,

        @Schema(description = "what is allowed", examples = "an integer from 1 to 1000")
        String limit,

        @Schema(description = "all problems together") List<FieldViolation> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";
    private static final String NAMESPACE = "urn:surstream:problem:";

    public static Problem of(int status, String kind, String title, String detail) {
        return new Problem(NAMESPACE + kind, title, status, detail, null, null, null, null);
    }

    /** About one thing: its name, its value and what is allowed. */
    public static Problem of(int status, String kind, String title, FieldViolation violation) {
        return new Problem(
                NAMESPACE + kind,
                title,
                status,
                violation.message(),
                violation.field(),
                violation.value(),
                violation.limit(),
                null);
    }

    public static Problem invalid(List<FieldViolation> violations) {
        FieldViolation first = violations.get(0);
        String detail = violations.size() == 1
                ? first.message()
                : "%s; and %d more, see errors".formatted(first.message(), violations.size() - 1);
        return new Problem(
                NAMESPACE + "invalid-request",
                "The request breaks the rules",
                400,
                detail,
                first.field(),
                first.value(),
                first.limit(),
                violations);
    }
}
