package io.surstream.sampler.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.models.image.RgbImage;
import io.surstream.models.pipeline.DenoisingJob;
import io.surstream.models.pipeline.DenoisingStep;
import io.surstream.models.pipeline.Sampling;
import io.surstream.models.pipeline.StepListener;
import io.surstream.sampler.Prompts;
import io.surstream.sampler.validation.SampleJob;
import io.surstream.torch.tensor.FloatTensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SampleStageTest {
    private static final FloatTensor EMBEDS = FloatTensor.zeros(1, 3, Prompts.WIDTH);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void eachImageBecomesAPngWithItsOwnSeedInItsRecord() throws IOException {
        Sampled.Completed sampled = assertInstanceOf(Sampled.Completed.class, stage().sample(job(), StepListener.NONE));

        assertEquals(2, sampled.images().size());
        assertEquals(8, sampled.images().get(1).seed());
        byte[] png = sampled.images().get(1).png();
        assertEquals(2, ImageIO.read(new ByteArrayInputStream(png)).getWidth());
        String text = new String(png, StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("a blue heart\nNegative prompt: blurry\nSteps: 4"), text);
        assertTrue(text.contains("Seed: 8"), text);
        assertTrue(text.contains("Model: small"), text);
    }

    @Test
    void theTimeIsSplitByPart() {
        Sampled.Completed sampled = assertInstanceOf(Sampled.Completed.class, stage().sample(job(), StepListener.NONE));

        assertEquals(Set.of("denoise", "decode"), sampled.partMicros().keySet());
        assertEquals(1, meters.timer("surstream.sampler.denoise").count());
        assertEquals(4, meters.counter("surstream.sampler.denoising.steps").count());
    }

    @Test
    void aJobThatIsStoppedHasNoImages() {
        Sampled sampled = stage().sample(job(), step -> step.done() < 2);

        assertEquals(new Sampled.Stopped(), sampled);
        assertEquals(2, meters.counter("surstream.sampler.denoising.steps").count());
    }

    @Test
    void theJobReachesTheNetworkAsItIs() {
        DenoisingJob[] seen = new DenoisingJob[1];
        SampleStage stage = new SampleStage(
                (job, listener) -> {
                    seen[0] = job;
                    return Optional.empty();
                },
                latents -> List.of(),
                "small",
                meters);

        stage.sample(job(), StepListener.NONE);

        assertArrayEquals(EMBEDS.shape(), seen[0].promptEmbeds().shape());
    }

    private SampleStage stage() {
        return new SampleStage(SampleStageTest::fourSteps, SampleStageTest::twoImages, "small", meters);
    }

    private static Optional<FloatTensor> fourSteps(DenoisingJob job, StepListener listener) {
        for (int done = 1; done <= 4; done++) {
            if (!listener.onStep(new DenoisingStep(0, done - 1, done, 4, EMBEDS, EMBEDS))) {
                return Optional.empty();
            }
        }
        return Optional.of(FloatTensor.zeros(2, 4, 1, 1));
    }

    private static List<RgbImage> twoImages(FloatTensor latents) {
        return List.of(new RgbImage(1, 2, new byte[6]), new RgbImage(1, 2, new byte[6]));
    }

    private static SampleJob job() {
        Sampling sampling = new Sampling(7, 4, 5, "ddim", 2, 64, 64);
        return new SampleJob("job-1", Prompts.prompt(), new DenoisingJob(EMBEDS, EMBEDS, sampling, Optional.empty()));
    }
}
