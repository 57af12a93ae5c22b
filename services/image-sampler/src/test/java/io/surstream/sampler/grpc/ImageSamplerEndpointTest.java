package io.surstream.sampler.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.models.image.RgbImage;
import io.surstream.models.pipeline.DenoisingJob;
import io.surstream.models.pipeline.DenoisingStep;
import io.surstream.models.pipeline.StepListener;
import io.surstream.sampler.Prompts;
import io.surstream.sampler.sample.SampleStage;
import io.surstream.sampler.stages.ImageSampling;
import io.surstream.sampler.validation.AnythingGoes;
import io.surstream.sampler.validation.SampleValidation;
import io.surstream.testsupport.fixtures.RecordedAnswers;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.v1.SampleRequest;
import io.surstream.v1.SampleUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageSamplerEndpointTest {
    private Runnable duringSteps = () -> {};
    private final RecordedAnswers<SampleUpdate> answers = new RecordedAnswers<>();
    private final ImageSamplerEndpoint endpoint = new ImageSamplerEndpoint(
            new ImageSampling(
                    new SampleValidation(AnythingGoes.limits(), Prompts.inlineTensors()),
                    new SampleStage(this::threeSteps, latents -> image(), "small", new SimpleMeterRegistry()),
                    () -> {}),
            1,
            Duration.ZERO);
    private final SampleRequest request =
            SampleRequest.newBuilder().setPrompt(Prompts.prompt()).build();

    @Test
    void progressComesFirstThenTheImages() {
        endpoint.sample(request, answers);

        assertEquals(4, answers.values.size());
        assertEquals(1, answers.values.get(0).getProgressed().getStepsDone());
        assertEquals(7, answers.values.get(3).getImage().getSeed());
        assertEquals((byte) 0x89, answers.values.get(3).getImage().getPng().byteAt(0));
        assertTrue(answers.completed);
    }

    @Test
    void aRequestForAnotherModelIsRefused() {
        endpoint.sample(
                SampleRequest.newBuilder()
                        .setPrompt(Prompts.prompt().toBuilder().setModelRevision("other"))
                        .build(),
                answers);

        assertEquals(Status.Code.FAILED_PRECONDITION, answers.error.getStatus().getCode());
        assertEquals(
                "MODEL_MISMATCH", FailureStatus.in(answers.error).orElseThrow().getType());
    }

    @Test
    void aRequestBeyondTheLimitIsRefusedAndTheNextOneAfterItIsServed() {
        RecordedAnswers<SampleUpdate> second = new RecordedAnswers<>();
        duringSteps = () -> {
            duringSteps = () -> {};
            endpoint.sample(request, second);
        };

        endpoint.sample(request, answers);

        assertEquals(Status.Code.RESOURCE_EXHAUSTED, second.error.getStatus().getCode());
        assertTrue(answers.completed);
        RecordedAnswers<SampleUpdate> third = new RecordedAnswers<>();
        endpoint.sample(request, third);
        assertTrue(third.completed);
    }

    @Test
    void aCallerWhoGoesAwayStopsTheSampling() {
        duringSteps = () -> answers.cancelled = true;

        endpoint.sample(request, answers);

        assertFalse(answers.completed);
        assertNull(answers.error);
        assertEquals(List.of(), answers.values);
    }

    private Optional<FloatTensor> threeSteps(DenoisingJob job, StepListener listener) {
        FloatTensor none = FloatTensor.zeros(1);
        for (int done = 1; done <= 3; done++) {
            duringSteps.run();
            if (!listener.onStep(new DenoisingStep(0, done - 1, done, 3, none, none))) {
                return Optional.empty();
            }
        }
        return Optional.of(FloatTensor.zeros(1, 4, 1, 1));
    }

    private static List<RgbImage> image() {
        return List.of(new RgbImage(1, 2, new byte[6]));
    }

    /** Keeps what it hears. */
}
