package io.surstream.sampler.intake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.surstream.models.pipeline.SamplingProblem;
import io.surstream.models.pipeline.SamplingRequest;
import io.surstream.sampler.Prompts;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.SampleRequest;
import io.surstream.v1.SamplingSettings;
import io.surstream.v1.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleIntakeTest {
    private final SampleIntake intake = new SampleIntake(new FewSteps(), Prompts.inlineTensors());

    @Test
    void aCompletePromptBecomesAJob() {
        SampleJob job = assertInstanceOf(SampleJob.class, intake.accept(Prompts.encoded("job-1")));

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
            assertTrue(failure.getMessage().contains("sampling." + field), failure.getMessage());
        }
    }

    @Test
    void settingsBeyondTheModelsLimitsAreRefused() {
        EncodedPrompt prompt = Prompts.prompt();

        Failure failure = refused(prompt.toBuilder()
                .setSampling(prompt.getSampling().toBuilder().setNumInferenceSteps(11))
                .build());

        assertEquals("sampling.num_inference_steps must be 1..10 but is 11", failure.getMessage());
        assertEquals("image-sampler", failure.getStage());
    }

    @Test
    void embeddingsOfTheWrongWidthAreRefused() {
        Failure failure = refused(with(Prompts.tensor(1, 3, Prompts.WIDTH + 1)));

        assertTrue(failure.getField().contains("prompt_embeds"));
        assertTrue(failure.getMessage().contains("[1, 3, " + (Prompts.WIDTH + 1) + "]"), failure.getMessage());
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

    @Test
    void aFailureOfTheStageBeforeIsHandedOn() {
        Failure failure = Failure.newBuilder().setType("PROMPT_TOO_LONG").build();

        Intake accepted = intake.accept(
                PromptEncoded.newBuilder().setJobId("job-1").setFailure(failure).build());

        assertEquals(failure, assertInstanceOf(Refusal.class, accepted).failure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../etc"})
    void aJobIdThatCannotNameObjectsIsRefused(String id) {
        Refusal refusal = assertInstanceOf(Refusal.class, intake.accept(Prompts.encoded(id)));

        assertEquals("job_id", refusal.failure().getField());
    }

    @Test
    void anEventWithoutContentIsRefused() {
        Intake accepted =
                intake.accept(PromptEncoded.newBuilder().setJobId("job-1").build());

        assertInstanceOf(Refusal.class, accepted);
    }

    @Test
    void aRequestMayBringItsOwnNoise() {
        SampleRequest request = SampleRequest.newBuilder()
                .setPrompt(Prompts.prompt())
                .setInitialLatents(Prompts.tensor(1, 4, 8, 8))
                .build();

        SampleJob job = assertInstanceOf(SampleJob.class, intake.accept(request));

        assertArrayEquals(
                new long[] {1, 4, 8, 8},
                job.denoising().initialLatents().orElseThrow().shape());
    }

    private Failure refused(EncodedPrompt prompt) {
        Intake accepted = intake.accept(Prompts.encoded("job-1", prompt));
        return assertInstanceOf(Refusal.class, accepted).failure();
    }

    private float firstValue(EncodedPrompt prompt) {
        Intake accepted = intake.accept(Prompts.encoded("job-1", prompt));
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
        byte[] bytes = new byte[2 * Prompts.WIDTH];
        for (int i = 0; i < Prompts.WIDTH; i++) {
            bytes[2 * i] = low;
            bytes[2 * i + 1] = high;
        }
        return Tensor.newBuilder()
                .setDtype(dtype)
                .addAllShape(List.of(1L, 1L, (long) Prompts.WIDTH))
                .setData(ByteString.copyFrom(bytes))
                .build();
    }

    /** Ten steps at most; everything else goes. */
    private static final class FewSteps implements ModelLimits {
        @Override
        public String revision() {
            return Prompts.REVISION;
        }

        @Override
        public long embedWidth() {
            return Prompts.WIDTH;
        }

        @Override
        public List<SamplingProblem> problems(SamplingRequest asked) {
            int steps = asked.steps().orElseThrow();
            return steps <= 10
                    ? List.of()
                    : List.of(new SamplingProblem("num_inference_steps", String.valueOf(steps), "1..10"));
        }
    }
}
