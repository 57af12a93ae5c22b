package io.surstream.sampler.validation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.surstream.contract.prompt.PromptLimits;
import io.surstream.contract.prompt.PromptRules;
import io.surstream.sampler.Prompts;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.SampleRequest;
import io.surstream.v1.SamplingSettings;
import io.surstream.v1.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleValidationTest {
    /** Ten steps at most. */
    private static final ModelLimits LIMITS = new ModelLimits(
            Prompts.REVISION,
            Prompts.LENGTH,
            Prompts.WIDTH,
            PromptRules.of(new PromptLimits(1_000, 10, 100, 16, 2_048)));

    private final SampleValidation validation = new SampleValidation(LIMITS, Prompts.inlineTensors());

    @Test
    void aCompletePromptBecomesAJob() {
        SampleJob job = assertInstanceOf(SampleJob.class, validation.accept(Prompts.encoded("job-1")));

        assertEquals("job-1", job.jobId());
        assertEquals(4, job.denoising().sampling().steps());
        assertArrayEquals(
                new long[] {1, 3, Prompts.WIDTH}, job.denoising().promptEmbeds().shape());
    }

    @Test
    void halfPrecisionEmbeddingsAreWidened() {
        // 1.0 is 0x3c00 in FP16 and 0x3f80 in BF16.
        EncodedPrompt fp16 = with(tensor(Tensor.DType.FP16, (byte) 0x00, (byte) 0x3c));
        EncodedPrompt bf16 = with(tensor(Tensor.DType.BF16, (byte) 0x80, (byte) 0x3f));

        assertEquals(1f, firstValue(fp16));
        assertEquals(1f, firstValue(bf16));
    }

    @Test
    void aPromptOfAnotherModelIsRefusedWithBothRevisions() {
        Failure failure =
                refused(Prompts.prompt().toBuilder().setModelRevision("other").build());

        assertEquals("MODEL_MISMATCH", failure.getType());
        assertEquals("other", failure.getValue());
        assertEquals(Prompts.REVISION, failure.getLimit());
    }

    @Test
    void settingsThatAreMissingAreNamedAllAtOnce() {
        Failure failure = refused(Prompts.prompt().toBuilder()
                .setSampling(SamplingSettings.newBuilder())
                .build());

        for (String field : List.of("seed", "num_inference_steps", "guidance_scale", "scheduler", "height", "width")) {
            assertTrue(failure.getMessage().contains(field), failure.getMessage());
        }
    }

    @Test
    void settingsBeyondTheModelsLimitsAreRefused() {
        EncodedPrompt prompt = Prompts.prompt();

        Failure failure = refused(prompt.toBuilder()
                .setSampling(prompt.getSampling().toBuilder().setNumInferenceSteps(11))
                .build());

        assertEquals("num_inference_steps", failure.getField());
        assertEquals("an integer from 1 to 10", failure.getLimit());
        assertEquals("11", failure.getValue());
        assertEquals("image-sampler", failure.getStage());
    }

    @Test
    void embeddingsOfTheWrongWidthAreRefused() {
        Failure failure = refused(with(Prompts.tensor(1, 3, Prompts.WIDTH + 1)));

        assertTrue(failure.getField().contains("prompt_embeds"));
        assertTrue(failure.getMessage().contains("[1, 3, " + (Prompts.WIDTH + 1) + "]"), failure.getMessage());
    }

    @Test
    void embeddings_of_another_length_than_the_models_are_refused_with_both_shapes() {
        Failure failure = refused(Prompts.prompt().toBuilder()
                .setPromptEmbeds(Prompts.tensor(1, 77, Prompts.WIDTH))
                .build());

        assertEquals("prompt_embeds", failure.getField());
        assertEquals("[1, 77, " + Prompts.WIDTH + "]", failure.getValue());
        assertTrue(failure.getLimit().contains("[1, 3, " + Prompts.WIDTH + "]"), failure.getLimit());
    }

    static Stream<EncodedPrompt> what_another_program_may_write_is_held_to_the_same_rules() {
        EncodedPrompt prompt = Prompts.prompt();
        return Stream.of(
                prompt.toBuilder().setPrompt("bell \u0007").build(),
                prompt.toBuilder().setNegativePrompt("x".repeat(1_001)).build(),
                prompt.toBuilder().setAdapterWeight(Float.NaN).build(),
                sampling(s -> s.setGuidanceScale(-1)),
                sampling(s -> s.setScheduler("magic")),
                sampling(s -> s.setHeight(60)),
                sampling(s -> s.setNumImages(17)));
    }

    @ParameterizedTest
    @MethodSource
    void what_another_program_may_write_is_held_to_the_same_rules(EncodedPrompt prompt) {
        Failure overKafka = refused(prompt);
        Failure overGrpc = assertInstanceOf(
                        SampleFailure.class,
                        validation.accept(
                                SampleRequest.newBuilder().setPrompt(prompt).build()))
                .failure();

        assertEquals(overKafka, overGrpc);
        assertTrue(overKafka.getField().matches("[a-z_]+"), overKafka.getField());
        assertEquals("image-sampler", overKafka.getStage());
    }

    private static EncodedPrompt sampling(UnaryOperator<SamplingSettings.Builder> change) {
        EncodedPrompt prompt = Prompts.prompt();
        return prompt.toBuilder()
                .setSampling(change.apply(prompt.getSampling().toBuilder()))
                .build();
    }

    @Test
    void embeddingsOfUnequalLengthAreRefused() {
        Failure failure = refused(Prompts.prompt().toBuilder()
                .setNegativePromptEmbeds(Prompts.tensor(1, 4, Prompts.WIDTH))
                .build());

        assertEquals("INVALID_ARGUMENT", failure.getType());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 47, 49})
    void bytesThatDoNotFitTheShapeAreRefused(int bytes) {
        Tensor lying = Prompts.tensor(1, 3, Prompts.WIDTH).toBuilder()
                .setData(ByteString.copyFrom(new byte[bytes]))
                .build();

        assertEquals("INVALID_ARGUMENT", refused(with(lying)).getType());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, 1L << 33})
    void aShapeThatCannotBeIsRefused(long length) {
        Tensor lying = Prompts.tensor(1, 3, Prompts.WIDTH).toBuilder()
                .setShape(1, length)
                .build();

        assertEquals("INVALID_ARGUMENT", refused(with(lying)).getType());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void numbersThatAreNotFiniteAreRefused(float value) {
        Tensor bad = Prompts.tensor(new float[] {1, value, 1, 1}, 1, 1, Prompts.WIDTH);

        assertTrue(refused(with(bad)).getMessage().contains("finite"));
    }

    @Test
    void aTensorWithoutTypeOrDataIsRefused() {
        Tensor noType =
                Prompts.tensor(1, 3, Prompts.WIDTH).toBuilder().clearDtype().build();
        Tensor nothing =
                Prompts.tensor(1, 3, Prompts.WIDTH).toBuilder().clearContent().build();

        assertTrue(refused(with(noType)).getMessage().contains("dtype"));
        assertTrue(refused(with(nothing)).getMessage().contains("has neither"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../etc"})
    void aJobIdThatCannotNameObjectsIsRefused(String id) {
        SampleFailure refusal = assertInstanceOf(SampleFailure.class, validation.accept(Prompts.encoded(id)));

        assertEquals("job_id", refusal.failure().getField());
    }

    @Test
    void anEventWithoutContentIsRefused() {
        SampleOutcome accepted =
                validation.accept(PromptEncoded.newBuilder().setJobId("job-1").build());

        assertInstanceOf(SampleFailure.class, accepted);
    }

    @Test
    void aRequestMayBringItsOwnNoise() {
        SampleRequest request = SampleRequest.newBuilder()
                .setPrompt(Prompts.prompt())
                .setInitialLatents(Prompts.tensor(1, 4, 8, 8))
                .build();

        SampleJob job = assertInstanceOf(SampleJob.class, validation.accept(request));

        assertArrayEquals(
                new long[] {1, 4, 8, 8},
                job.denoising().initialLatents().orElseThrow().shape());
    }

    private Failure refused(EncodedPrompt prompt) {
        SampleOutcome accepted = validation.accept(Prompts.encoded("job-1", prompt));
        return assertInstanceOf(SampleFailure.class, accepted).failure();
    }

    private float firstValue(EncodedPrompt prompt) {
        SampleOutcome accepted = validation.accept(Prompts.encoded("job-1", prompt));
        return assertInstanceOf(SampleJob.class, accepted)
                .denoising()
                .promptEmbeds()
                .data()[0];
    }

    private static EncodedPrompt with(Tensor embeds) {
        return Prompts.prompt().toBuilder()
                .setPromptEmbeds(embeds)
                .setNegativePromptEmbeds(embeds)
                .build();
    }

    private static Tensor tensor(Tensor.DType dtype, byte low, byte high) {
        byte[] bytes = new byte[2 * Prompts.LENGTH * Prompts.WIDTH];
        for (int i = 0; i < Prompts.LENGTH * Prompts.WIDTH; i++) {
            bytes[2 * i] = low;
            bytes[2 * i + 1] = high;
        }
        return Tensor.newBuilder()
                .setDtype(dtype)
                .addAllShape(List.of(1L, (long) Prompts.LENGTH, (long) Prompts.WIDTH))
                .setData(ByteString.copyFrom(bytes))
                .build();
    }
}
