package io.surstream.contract.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.v1.AdapterChoice;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptJsonTest {
    private static final PromptRules RULES = PromptRules.of(new PromptLimits(2_000, 1_000, 50, 8, 1_024));

    /** Every field, as each way of writing it gives it. */
    private static final PromptSubmitted FULL = PromptSubmitted.newBuilder()
            .setPrompt("2 heart, blue")
            .setNegativePrompt("green")
            .setSampling(SamplingSettings.newBuilder()
                    .setSeed(-1)
                    .setNumInferenceSteps(20)
                    .setGuidanceScale(7.5f)
                    .setScheduler("dpmpp-2m-sde")
                    .setNumImages(2)
                    .setHeight(64)
                    .setWidth(128))
            .setAdapter(AdapterChoice.newBuilder().setAdapter("live").setAdapterWeight(0.4f))
            .setTruncate(true)
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"prompt": "2 heart, blue", "negative_prompt": "green", "seed": 18446744073709551615, "steps": 20,
                 "guidance_scale": 7.5, "scheduler": "dpmpp-2m-sde", "num_images": 2, "height": 64, "width": 128,
                 "adapter": "live", "adapter_weight": 0.4, "truncate": true}
                """, """
                {"prompt": "2 heart, blue", "negativePrompt": "green", "truncate": true,
                 "sampling": {"seed": "18446744073709551615", "numInferenceSteps": 20, "guidanceScale": 7.5,
                 "scheduler": "dpmpp-2m-sde", "numImages": 2, "height": 64, "width": 128},
                 "adapter": {"adapter": "live", "adapterWeight": 0.4}}
                """, """
                {"prompt": "2 heart, blue", "negative_prompt": "green", "truncate": true,
                 "sampling": {"seed": "18446744073709551615", "num_inference_steps": "20", "guidance_scale": "7.5",
                 "scheduler": "dpmpp-2m-sde", "num_images": 2e0, "height": 64.0, "width": 128},
                 "adapter": {"adapter": "live", "adapter_weight": 0.4}}
                """})
    void flat_and_nested_names_give_the_same_prompt(String json) {
        assertEquals(FULL, read(json));
    }

    @Test
    void a_record_names_its_job_and_a_request_does_not() {
        String json = "{\"prompt\": \"a\", \"jobId\": \"j1\", \"submitted_at_ms\": \"5\"}";

        PromptJson.Document record = PromptJson.event(bytes(json));

        assertEquals(List.of(), record.problems());
        assertEquals("j1", record.prompt().getJobId());
        assertEquals(5, record.prompt().getSubmittedAtMs());
        assertEquals(
                List.of("jobId", "submitted_at_ms"),
                PromptJson.request(bytes(json)).problems().stream()
                        .map(Failure::getField)
                        .toList());
    }

    @Test
    void absent_and_null_settings_stay_unset() {
        PromptSubmitted prompt = read("{\"prompt\": \"a\", \"seed\": null, \"sampling\": null, \"adapter\": null}");

        assertEquals(PromptSubmitted.newBuilder().setPrompt("a").build(), prompt);
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_document() {
        assertEquals("a", read("\uFEFF{\"prompt\": \"a\"}").getPrompt());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    steps          | 0            | num_inference_steps | an integer from 1 to 1000
                    steps          | 1000000000   | num_inference_steps | an integer from 1 to 1000
                    steps          | 1e999999999  | num_inference_steps | an integer of 32 bits
                    steps          | 1.5          | num_inference_steps | an integer of 32 bits
                    steps          | true         | num_inference_steps | an integer of 32 bits
                    guidance_scale | NaN          | guidance_scale | a finite number from 0 to 50
                    guidance_scale | "NaN"        | guidance_scale | a finite number from 0 to 50
                    guidance_scale | Infinity     | guidance_scale | a finite number from 0 to 50
                    guidance_scale | 1e400        | guidance_scale | a finite number from 0 to 50
                    guidance_scale | -1           | guidance_scale | a finite number from 0 to 50
                    guidance_scale | "much"       | guidance_scale | a number
                    scheduler      | 3            | scheduler | a string
                    num_images     | 9            | num_images | an integer from 1 to 8
                    height         | 65           | height | a multiple of 8 from 8 to 1024
                    height         | 1032         | height | a multiple of 8 from 8 to 1024
                    width          | 1e-999999999 | width | an integer of 32 bits
                    seed           | -1           | seed | an integer from 0 to 18446744073709551615
                    seed           | 18446744073709551616 | seed | an integer from 0 to 18446744073709551615
                    seed           | "seven"      | seed | an integer from 0 to 18446744073709551615
                    adapter_weight | 1.01         | adapter_weight | a finite number from 0 to 1
                    adapter_weight | {}           | adapter_weight | a number
                    adapter        | []           | adapter | a string
                    sampling       | 5            | sampling | an object of settings
                    truncate       | 1            | truncate | true or false
                    """)
    void a_value_that_is_not_allowed_is_refused_with_field_and_limit(
            String name, String value, String field, String limit) {
        List<Failure> problems = problems("{\"prompt\": \"a heart\", \"" + name + "\": " + value + "}");

        assertEquals(1, problems.size(), problems::toString);
        assertEquals("INVALID_ARGUMENT", problems.get(0).getType());
        assertEquals(field, problems.get(0).getField());
        assertEquals(limit, problems.get(0).getLimit());
        assertFalse(problems.get(0).getValue().isBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"prompt\": \"\"}",
                "{\"prompt\": \" \\n \"}",
                "{\"prompt\": 5}",
                "{\"prompt\": [\"a\"]}",
                "{\"prompt\": \"nul \\u0000\"}",
                "{\"prompt\": \"lone \\ud800\"}"
            })
    void a_prompt_that_is_no_text_is_refused_by_name(String json) {
        List<Failure> problems = problems(json);

        assertEquals(1, problems.size(), problems::toString);
        assertEquals("prompt", problems.get(0).getField());
    }

    @Test
    void everything_wrong_is_reported_at_once_and_each_field_once() {
        List<Failure> problems =
                problems("{\"prompt\": 5, \"steps\": 0, \"guidance_scale\": NaN, \"height\": 63, \"colour\": 1}");

        assertEquals(
                List.of("prompt", "colour", "num_inference_steps", "guidance_scale", "height"),
                problems.stream().map(Failure::getField).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\": \"a\", \"steps\": 20, \"num_inference_steps\": 20}",
                "{\"prompt\": \"a\", \"steps\": 20, \"sampling\": {\"numInferenceSteps\": 20}}"
            })
    void one_setting_under_two_names_is_refused(String json) {
        Failure problem = problems(json).get(0);

        assertEquals("INVALID_ARGUMENT", problem.getType());
        assertEquals("num_inference_steps", problem.getField());
    }

    @ParameterizedTest
    @CsvSource({
        "promt, prompt",
        "cfg_scale, guidance_scale",
        "guidance-scale, guidance_scale",
        "numInferenceStep, num_inference_steps",
        "sampler, scheduler"
    })
    void an_unknown_field_is_refused_with_a_guess(String name, String meant) {
        Failure problem =
                problems("{\"prompt\": \"a heart\", \"" + name + "\": 1}").get(0);

        assertEquals("UNKNOWN_FIELD", problem.getType());
        assertEquals(name, problem.getField());
        assertTrue(problem.getMessage().endsWith("did you mean " + meant + "?"), problem.getMessage());
    }

    @Test
    void an_unknown_field_of_a_nested_object_is_named_by_its_path() {
        Failure problem = problems("{\"prompt\": \"a\", \"sampling\": {\"prompt\": \"b\"}}")
                .get(0);

        assertEquals("UNKNOWN_FIELD", problem.getType());
        assertEquals("sampling.prompt", problem.getField());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"a heart\"",
                "{\"prompt\": ",
                "{\"prompt\": \"a\"} {}",
                "{\"prompt\": \"a\", \"prompt\": \"b\"}",
                "{'prompt': 'a'}"
            })
    void a_document_that_is_no_json_object_is_refused_as_a_whole(String json) {
        List<Failure> problems = problems(json);

        assertEquals(1, problems.size());
        assertEquals("MALFORMED_JSON", problems.get(0).getType());
        assertEquals("body", problems.get(0).getField());
    }

    @Test
    void another_encoding_is_refused() {
        byte[] latin1 = "{\"prompt\": \"gr\u00fcn\"}".getBytes(StandardCharsets.ISO_8859_1);

        Failure problem = PromptJson.request(latin1).problems().get(0);

        assertEquals("MALFORMED_JSON", problem.getType());
        assertEquals("UTF-8", problem.getLimit());
    }

    @Test
    void deep_nesting_is_refused_not_followed() {
        String json = "{\"prompt\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertEquals("MALFORMED_JSON", problems(json).get(0).getType());
    }

    private static PromptSubmitted read(String json) {
        ParsedPrompt parsed = PromptJson.request(bytes(json)).checked(RULES);
        return assertInstanceOf(
                        ValidPrompt.class, parsed, () -> parsed.problems().toString())
                .event();
    }

    private static List<Failure> problems(String json) {
        return PromptJson.request(bytes(json)).checked(RULES).problems();
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
