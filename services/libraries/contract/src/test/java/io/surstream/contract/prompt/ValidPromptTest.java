package io.surstream.contract.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.schedulers.SchedulerNames;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidPromptTest {
    private static final PromptRules RULES = PromptRules.of(PromptLimits.STANDARD);
    static final List<String> SCHEDULERS = SchedulerNames.all();

    @ParameterizedTest
    @FieldSource("SCHEDULERS")
    void every_scheduler_is_valid(String name) {
        assertValid(sampling(s -> s.setScheduler(name)));
    }

    static Stream<Arguments> the_last_valid_and_the_first_invalid_value_of_every_limit() {
        return Stream.of(
                Arguments.of("num_inference_steps", steps(1), steps(0)),
                Arguments.of("num_inference_steps", steps(1_000), steps(1_001)),
                Arguments.of("num_inference_steps", steps(1_000), steps(Integer.MIN_VALUE)),
                Arguments.of("num_images", images(1), images(0)),
                Arguments.of("num_images", images(16), images(17)),
                Arguments.of("guidance_scale", guidance(0), guidance(-Float.MIN_VALUE)),
                Arguments.of("guidance_scale", guidance(100), guidance(Math.nextUp(100f))),
                Arguments.of("guidance_scale", guidance(-0f), guidance(Float.NaN)),
                Arguments.of("guidance_scale", guidance(1), guidance(Float.POSITIVE_INFINITY)),
                Arguments.of("guidance_scale", guidance(1), guidance(Float.NEGATIVE_INFINITY)),
                Arguments.of("height", height(8), height(0)),
                Arguments.of("height", height(2_048), height(2_056)),
                Arguments.of("height", height(64), height(68)),
                Arguments.of("width", width(8), width(-8)),
                Arguments.of("width", width(2_048), width(1 << 30)),
                Arguments.of("adapter_weight", weight(0), weight(-Float.MIN_VALUE)),
                Arguments.of("adapter_weight", weight(1), weight(Math.nextUp(1f))),
                Arguments.of("adapter_weight", weight(0.5f), weight(Float.NaN)),
                Arguments.of("adapter", adapter("live"), adapter("../etc")),
                Arguments.of("adapter", adapter("a".repeat(128)), adapter("a".repeat(129))),
                Arguments.of("adapter", adapter("v1.0"), adapter("...")),
                Arguments.of("prompt", prompt("a\tb\r\nc"), prompt("a\u0000b")),
                Arguments.of("prompt", prompt("三つの星 🌟"), prompt("lone \ud800")),
                Arguments.of("prompt", prompt("x"), prompt("swapped \udc00\ud800")),
                Arguments.of("prompt", prompt("x"), prompt("")),
                Arguments.of("prompt", prompt("x"), prompt(" \n\t")),
                Arguments.of("prompt", prompt("x"), prompt("escape \u009b")),
                Arguments.of("negative_prompt", negative(""), negative("\u0007")),
                Arguments.of("job_id", id("a.b"), id("...")),
                Arguments.of("job_id", id("a".repeat(128)), id("a".repeat(129))),
                Arguments.of("job_id", id("A-_.9"), id("with space")),
                Arguments.of("job_id", id("x"), id("")));
    }

    @ParameterizedTest
    @MethodSource
    void the_last_valid_and_the_first_invalid_value_of_every_limit(
            String field, PromptSubmitted valid, PromptSubmitted invalid) {
        assertValid(valid);

        List<Failure> problems = ValidPrompt.job(invalid, RULES).problems();

        assertEquals(1, problems.size(), problems::toString);
        Failure problem = problems.get(0);
        assertEquals(field, problem.getField());
        assertEquals("INVALID_ARGUMENT", problem.getType());
        assertFalse(problem.getLimit().isBlank());
        assertTrue(problem.getValue().chars().noneMatch(Character::isISOControl), problem.getValue());
        assertTrue(problem.getValue().codePointCount(0, problem.getValue().length()) < 230, problem.getValue());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void every_unsigned_seed_is_valid(long seed) {
        assertValid(sampling(s -> s.setSeed(seed)));
    }

    @Test
    void an_unknown_scheduler_is_refused_with_the_known_ones_and_a_guess() {
        Failure problem = ValidPrompt.job(sampling(s -> s.setScheduler("dpmpp_2m_sd")), RULES)
                .problems()
                .get(0);

        assertEquals("UNKNOWN_SCHEDULER", problem.getType());
        assertEquals("scheduler", problem.getField());
        assertTrue(problem.getLimit().contains("dpmpp-2m-sde"), problem.getLimit());
        assertTrue(problem.getMessage().contains("did you mean dpmpp-2m-sde?"), problem.getMessage());
    }

    @Test
    void a_text_with_too_many_characters_is_too_long_whatever_they_are() {
        assertValid(prompt("🌟".repeat(10_000)));
        assertValid(negative("x".repeat(10_000)));
        for (PromptSubmitted asked : List.of(prompt("🌟".repeat(10_001)), negative("x".repeat(10_001)))) {
            Failure problem = ValidPrompt.job(asked, RULES).problems().get(0);

            assertEquals("PROMPT_TOO_LONG", problem.getType());
            assertEquals("at most 10,000 characters", problem.getLimit());
        }
    }

    @Test
    void everything_that_is_wrong_is_named_at_once() {
        PromptSubmitted wrong = PromptSubmitted.newBuilder()
                .setNegativePrompt("\u0000")
                .setSampling(SamplingSettings.newBuilder()
                        .setNumInferenceSteps(0)
                        .setGuidanceScale(-1)
                        .setScheduler("magic")
                        .setNumImages(0)
                        .setHeight(1)
                        .setWidth(1))
                .setAdapter(AdapterChoice.newBuilder().setAdapter("/").setAdapterWeight(2))
                .build();

        assertEquals(
                List.of(
                        "job_id",
                        "prompt",
                        "negative_prompt",
                        "num_inference_steps",
                        "guidance_scale",
                        "scheduler",
                        "num_images",
                        "height",
                        "width",
                        "adapter",
                        "adapter_weight"),
                ValidPrompt.job(wrong, RULES).problems().stream()
                        .map(Failure::getField)
                        .toList());
    }

    @Test
    void a_request_needs_no_id_but_a_wrong_one_is_refused() {
        assertInstanceOf(ValidPrompt.class, ValidPrompt.request(id(""), RULES));
        assertEquals(
                "job_id",
                ValidPrompt.request(id("..."), RULES).problems().get(0).getField());
    }

    @Test
    void a_refusal_can_be_written_as_an_event_whatever_the_sender_put_in() throws Exception {
        Failure problem = ValidPrompt.job(prompt("🙂".repeat(199) + "x\ud800"), RULES)
                .problems()
                .get(0);

        assertEquals(problem, Failure.parseFrom(problem.toByteArray()));
    }

    @Test
    void what_the_model_says_of_complete_settings_counts_too() {
        PromptRules rules = new PromptRules(PromptLimits.STANDARD, new ModelRules() {
            @Override
            public SamplingSettings complete(SamplingSettings asked) {
                return asked.toBuilder().setHeight(2_056).build();
            }

            @Override
            public List<Failure> problems(SamplingSettings complete) {
                throw new AssertionError("not asked beyond the limits");
            }
        });

        assertEquals(
                "height",
                ValidPrompt.job(good().build(), rules).problems().get(0).getField());
    }

    private static void assertValid(PromptSubmitted prompt) {
        ParsedPrompt parsed = ValidPrompt.job(prompt, RULES);
        assertInstanceOf(ValidPrompt.class, parsed, () -> parsed.problems().toString());
        assertEquals(prompt, ((ValidPrompt) parsed).event());
    }

    private static PromptSubmitted.Builder good() {
        return PromptSubmitted.newBuilder()
                .setJobId("job-1")
                .setPrompt("a star")
                .setSampling(SamplingSettings.newBuilder().setSeed(7));
    }

    private static PromptSubmitted sampling(UnaryOperator<SamplingSettings.Builder> change) {
        return good().setSampling(change.apply(SamplingSettings.newBuilder())).build();
    }

    private static PromptSubmitted steps(int value) {
        return sampling(s -> s.setNumInferenceSteps(value));
    }

    private static PromptSubmitted images(int value) {
        return sampling(s -> s.setNumImages(value));
    }

    private static PromptSubmitted guidance(float value) {
        return sampling(s -> s.setGuidanceScale(value));
    }

    private static PromptSubmitted height(int value) {
        return sampling(s -> s.setHeight(value));
    }

    private static PromptSubmitted width(int value) {
        return sampling(s -> s.setWidth(value));
    }

    private static PromptSubmitted adapter(String name) {
        return good().setAdapter(AdapterChoice.newBuilder().setAdapter(name)).build();
    }

    private static PromptSubmitted weight(float value) {
        return good().setAdapter(AdapterChoice.newBuilder().setAdapterWeight(value))
                .build();
    }

    private static PromptSubmitted prompt(String text) {
        return good().setPrompt(text).build();
    }

    private static PromptSubmitted negative(String text) {
        return good().setNegativePrompt(text).build();
    }

    private static PromptSubmitted id(String id) {
        return good().setJobId(id).build();
    }
}
