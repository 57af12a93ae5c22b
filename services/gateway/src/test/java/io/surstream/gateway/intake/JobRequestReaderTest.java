package io.surstream.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.gateway.problem.Violation;
import io.surstream.v1.PromptSubmitted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobRequestReaderTest {

    private final JobRequestReader reader = new JobRequestReader(new RequestLimits(2_000, 1_000, 50, 8, 1_024));

    @Test
    void aFullRequestIsReadFieldByField() {
        PromptSubmitted request = read("""
                {"prompt": "2 heart, blue", "negative_prompt": "green", "seed": 18446744073709551615, "steps": 20,
                 "guidance_scale": 7.5, "scheduler": "dpmpp-2m", "num_images": 2, "height": 64, "width": 128,
                 "adapter": "live", "adapter_weight": 0.4, "truncate": true}
                """);
        assertEquals("2 heart, blue", request.getPrompt());
        assertEquals("green", request.getNegativePrompt());
        assertEquals(-1L, request.getSampling().getSeed());
        assertEquals(20, request.getSampling().getNumInferenceSteps());
        assertEquals(7.5f, request.getSampling().getGuidanceScale());
        assertEquals("dpmpp-2m", request.getSampling().getScheduler());
        assertEquals(2, request.getSampling().getNumImages());
        assertEquals(64, request.getSampling().getHeight());
        assertEquals(128, request.getSampling().getWidth());
        assertEquals("live", request.getAdapter().getAdapter());
        assertEquals(0.4f, request.getAdapter().getAdapterWeight());
        assertTrue(request.getTruncate());
    }

    @Test
    void absentAndNullSettingsStayUnset() {
        PromptSubmitted request = read("{\"prompt\": \"a heart\", \"seed\": null}");
        assertFalse(request.getSampling().hasSeed());
        assertFalse(request.getSampling().hasNumInferenceSteps());
        assertFalse(request.hasAdapter());
    }

    @Test
    void wholeNumbersMayBeWrittenWithAPointAndSeedsAsDigits() {
        PromptSubmitted request = read("{\"prompt\": \"a\", \"steps\": 2e1, \"seed\": \"9007199254740993\"}");
        assertEquals(20, request.getSampling().getNumInferenceSteps());
        assertEquals(9_007_199_254_740_993L, request.getSampling().getSeed());
    }

    @Test
    void unicodePromptsAreTaken() {
        assertEquals(
                "три звезды 🌟 星", read("{\"prompt\": \"три звезды 🌟 星\"}").getPrompt());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"prompt\": \"\"}",
                "{\"prompt\": \" \\n \"}",
                "{\"prompt\": 5}",
                "{\"prompt\": [\"a\"]}",
                "{\"prompt\": \"bell \\u0007\"}",
                "{\"prompt\": \"nul \\u0000\"}",
                "{\"prompt\": \"escape \\u009b\"}",
                "{\"prompt\": \"lone \\ud800\"}",
                "{\"prompt\": \"swapped \\udc00\\ud800\"}"
            })
    void aPromptThatIsNoTextIsRefusedByName(String body) {
        List<Violation> violations = refusals(body);
        assertEquals(1, violations.size(), violations::toString);
        assertEquals("prompt", violations.get(0).field());
        assertTrue(violations.get(0).value().chars().noneMatch(Character::isISOControl));
    }

    @Test
    void aPromptOfAHundredThousandCharactersIsRefusedWithItsLengthAndTheLimit() {
        Violation refusal =
                refusals("{\"prompt\": \"" + "a".repeat(100_000) + "\"}").get(0);
        assertEquals("prompt must have at most 2,000 characters but has 100,000: shorten it", refusal.message());
        assertTrue(refusal.value().length() < 300, refusal.value());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    steps          | 0            | an integer from 1 to 1000
                    steps          | -1           | an integer from 1 to 1000
                    steps          | 1000000000   | an integer from 1 to 1000
                    steps          | 1e9          | an integer from 1 to 1000
                    steps          | 1e999999999  | an integer from 1 to 1000
                    steps          | 1.5          | an integer from 1 to 1000
                    steps          | true         | an integer from 1 to 1000
                    num_inference_steps | 0       | an integer from 1 to 1000
                    guidance_scale | NaN          | a finite number from 0 to 50
                    guidance_scale | Infinity     | a finite number from 0 to 50
                    guidance_scale | -Infinity    | a finite number from 0 to 50
                    guidance_scale | 1e400        | a finite number from 0 to 50
                    guidance_scale | -1           | a finite number from 0 to 50
                    guidance_scale | "7"          | a finite number from 0 to 50
                    scheduler      | 3            | one of ddim, pndm, euler, euler-ancestral, dpmpp-2m, dpmpp-2m-karras, unipc, lcm, ddpm
                    num_images     | 0            | an integer from 1 to 8
                    num_images     | 9            | an integer from 1 to 8
                    height         | 65           | divisible by 8
                    height         | 1032         | an integer from 8 to 1024
                    width          | 0            | an integer from 8 to 1024
                    width          | 1e-999999999 | an integer from 8 to 1024
                    seed           | -1           | an integer from 0 to 18446744073709551615
                    seed           | 18446744073709551616 | an integer from 0 to 18446744073709551615
                    seed           | "seven"      | an integer from 0 to 18446744073709551615
                    adapter        | "../etc"     | none, live, canary or a revision of 1 to 128 characters of A-Z a-z 0-9 . _ -
                    adapter_weight | 1.01         | a finite number from 0 to 1
                    adapter_weight | {}           | a finite number from 0 to 1
                    truncate       | 1            | true or false
                    """)
    void aSettingBeyondItsLimitIsRefusedWithFieldValueAndLimit(String field, String value, String limit) {
        List<Violation> violations = refusals("{\"prompt\": \"a heart\", \"" + field + "\": " + value + "}");
        assertEquals(1, violations.size(), violations::toString);
        assertEquals(field, violations.get(0).field());
        assertEquals(limit, violations.get(0).limit());
        assertFalse(violations.get(0).value().isBlank());
        assertTrue(violations.get(0).message().startsWith(field + " must be "));
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        List<Violation> violations =
                refusals("{\"prompt\": \"\", \"steps\": 0, \"guidance_scale\": NaN, \"height\": 63, \"colour\": 1}");
        assertEquals(
                List.of("colour", "prompt", "steps", "guidance_scale", "height"),
                violations.stream().map(Violation::field).toList());
    }

    @Test
    void bothNamesOfStepsAtOnceAreRefused() {
        List<Violation> violations = refusals("{\"prompt\": \"a\", \"steps\": 20, \"num_inference_steps\": 20}");
        assertEquals("steps", violations.get(0).field());
    }

    @ParameterizedTest
    @CsvSource({
        "promt, prompt",
        "negativePrompt, negative_prompt",
        "cfg_scale, guidance_scale",
        "guidance-scale, guidance_scale",
        "numInferenceStep, num_inference_steps",
        "sampler, scheduler"
    })
    void anUnknownFieldIsRefusedWithAHint(String field, String meant) {
        Violation refusal =
                refusals("{\"prompt\": \"a heart\", \"" + field + "\": 1}").get(0);
        assertEquals("UNKNOWN_FIELD", refusal.type());
        assertEquals(field, refusal.field());
        assertTrue(refusal.message().endsWith("did you mean " + meant + "?"), refusal.message());
    }

    @Test
    void anUnknownSchedulerIsRefusedWithAHint() {
        Violation refusal = refusals("{\"prompt\": \"a heart\", \"scheduler\": \"dpmpp_2m\"}")
                .get(0);
        assertEquals("UNKNOWN_SCHEDULER", refusal.type());
        assertTrue(refusal.message().endsWith("(did you mean dpmpp-2m?)"), refusal.message());
    }

    @Test
    void thousandsOfUnknownFieldsDoNotBlowUpTheAnswer() {
        StringBuilder body = new StringBuilder("{\"prompt\": \"a heart\"");
        for (int i = 0; i < 10_000; i++) {
            body.append(", \"field").append(i).append("\": 1");
        }
        assertTrue(refusals(body + "}").size() <= 20);
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
    void aBodyThatIsNoJsonObjectIsRefused(String body) {
        List<Violation> violations = refusals(body);
        assertEquals("MALFORMED_JSON", violations.get(0).type());
        assertEquals("body", violations.get(0).field());
    }

    @Test
    void aBodyInAnotherEncodingIsRefused() {
        byte[] latin1 = "{\"prompt\": \"gr\u00fcn\"}".getBytes(StandardCharsets.ISO_8859_1);
        InvalidRequestException refused = assertThrows(InvalidRequestException.class, () -> reader.read(latin1));
        assertEquals("UTF-8", refused.violations().get(0).limit());
    }

    @Test
    void deepNestingIsRefusedNotFollowed() {
        String body = "{\"prompt\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertEquals("MALFORMED_JSON", refusals(body).get(0).type());
    }

    private PromptSubmitted read(String body) {
        return reader.read(body.getBytes(StandardCharsets.UTF_8)).build();
    }

    private List<Violation> refusals(String body) {
        return assertThrows(InvalidRequestException.class, () -> read(body)).violations();
    }
}
