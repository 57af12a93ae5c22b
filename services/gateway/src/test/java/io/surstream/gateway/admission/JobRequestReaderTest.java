package io.surstream.gateway.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.contract.prompt.PromptLimits;
import io.surstream.gateway.problem.FieldViolation;
import io.surstream.v1.PromptSubmitted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a body may hold is the contract's to test; here is how a request's answer looks. */
class JobRequestReaderTest {
    private final JobRequestReader reader = new JobRequestReader(new PromptLimits(2_000, 1_000, 50, 8, 1_024));

    @Test
    void a_valid_body_becomes_an_event_without_id_and_time() {
        PromptSubmitted request = read("{\"prompt\": \"a heart\", \"steps\": 20}");

        assertEquals("a heart", request.getPrompt());
        assertEquals(20, request.getSampling().getNumInferenceSteps());
        assertTrue(request.getJobId().isEmpty());
        assertFalse(request.hasAdapter());
    }

    @Test
    void every_problem_is_reported_with_field_value_limit_and_sentence() {
        List<FieldViolation> violations = refusals("{\"prompt\": \"a heart\", \"steps\": 0, \"guidance_scale\": 51}");

        assertEquals(
                List.of(
                        new FieldViolation(
                                "INVALID_ARGUMENT",
                                "num_inference_steps",
                                "0",
                                "an integer from 1 to 1000",
                                "num_inference_steps must be an integer from 1 to 1000 but is 0"),
                        new FieldViolation(
                                "INVALID_ARGUMENT",
                                "guidance_scale",
                                "51.0",
                                "a finite number from 0 to 50",
                                "guidance_scale must be a finite number from 0 to 50 but is 51.0")),
                violations);
    }

    @Test
    void a_request_does_not_name_its_job() {
        assertEquals(
                "UNKNOWN_FIELD",
                refusals("{\"prompt\": \"a heart\", \"job_id\": \"mine\"}")
                        .get(0)
                        .type());
    }

    @Test
    void thousands_of_unknown_fields_do_not_blow_up_the_answer() {
        StringBuilder body = new StringBuilder("{\"prompt\": \"a heart\"");
        for (int i = 0; i < 10_000; i++) {
            body.append(", \"field").append(i).append("\": 1");
        }

        assertTrue(refusals(body + "}").size() <= 20);
    }

    private PromptSubmitted read(String body) {
        return reader.read(body.getBytes(StandardCharsets.UTF_8)).build();
    }

    private List<FieldViolation> refusals(String body) {
        return assertThrows(InvalidRequestException.class, () -> read(body)).violations();
    }
}
