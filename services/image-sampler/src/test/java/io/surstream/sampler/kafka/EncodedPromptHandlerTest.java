package io.surstream.sampler.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.models.image.RgbImage;
import io.surstream.models.pipeline.DenoisingJob;
import io.surstream.models.pipeline.DenoisingStep;
import io.surstream.models.pipeline.StepListener;
import io.surstream.sampler.Prompts;
import io.surstream.sampler.sample.SampleStage;
import io.surstream.sampler.stages.ImageSampling;
import io.surstream.sampler.store.JobStore;
import io.surstream.sampler.validation.AnythingGoes;
import io.surstream.sampler.validation.SampleValidation;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.streaming.CancelledJobs;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.share.AcquisitionLock;
import io.surstream.streaming.share.AcquisitionLockLostException;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.TraceContext;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.StageTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EncodedPromptHandlerTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InMemoryObjectStore objects = new InMemoryObjectStore("images");
    private final CancelledJobs cancelled = new CancelledJobs(10);
    private final List<Outgoing> published = new ArrayList<>();
    private final AcquisitionLock lock = new AcquisitionLock();
    private Runnable afterSecondStep = () -> {};
    private int sampled;
    private final EncodedPromptHandler handler = new EncodedPromptHandler(
            new ImageSampling(
                    new SampleValidation(AnythingGoes.limits(), Prompts.inlineTensors()),
                    new SampleStage(this::threeSteps, latents -> twoImages(), "small", meters),
                    () -> {}),
            new JobStore(objects),
            cancelled,
            event -> {
                published.add(event);
                return CompletableFuture.completedFuture(null);
            },
            Duration.ZERO);

    @Test
    void aPromptBecomesStoredImagesProgressAndOneEnd() throws Exception {
        handler.handle(incoming(Prompts.encoded("job-1")), lock);

        ImageSampled end = ends().get(0);
        assertEquals(1, ends().size());
        assertEquals(2, end.getImages().getImagesCount());
        assertEquals(8, end.getImages().getImages(1).getSeed());
        assertEquals(
                "1.png",
                end.getImages().getImages(1).getObject().getKey().replaceFirst("images/job-1/[0-9a-f]{16}/", ""));
        assertTrue(
                objects.find(end.getImages().getImages(0).getObject().getKey()).isPresent());
        assertEquals(
                3,
                published.stream()
                        .filter(event -> event.topic() == Topic.IMAGES_PROGRESSED)
                        .count());
    }

    @Test
    void theEndTellsWhereTheTimeWent() throws Exception {
        PromptEncoded prompt = Prompts.encoded("job-1").toBuilder()
                .addTimings(StageTiming.newBuilder().setStage("prompt-encoder"))
                .build();

        handler.handle(incoming(prompt), lock);

        ImageSampled end = ends().get(0);
        assertEquals("prompt-encoder", end.getTimings(0).getStage());
        assertEquals("image-sampler", end.getTimings(1).getStage());
        assertEquals(
                Set.of("denoise", "decode", "store"),
                end.getTimings(1).getPartMicrosMap().keySet());
    }

    @Test
    void aRecordThatComesAgainIsNotSampledAgainAndItsEndIsToldInTheSameBytes() throws Exception {
        handler.handle(incoming(Prompts.encoded("job-1")), lock);

        handler.handle(incoming(Prompts.encoded("job-1")), lock);

        assertEquals(1, sampled);
        assertEquals(ends().get(0).toByteString(), ends().get(1).toByteString());
    }

    @Test
    void a_job_id_that_comes_again_with_another_prompt_gets_an_image_of_its_own() throws Exception {
        handler.handle(incoming(Prompts.encoded("job-1")), lock);
        EncodedPrompt other =
                Prompts.prompt().toBuilder().setPrompt("something else").build();

        handler.handle(incoming(Prompts.encoded("job-1", other)), lock);

        assertEquals(2, sampled);
        String first = ends().get(0).getImages().getImages(0).getObject().getKey();
        String second = ends().get(1).getImages().getImages(0).getObject().getKey();
        assertNotEquals(first, second);
        assertTrue(objects.find(first).isPresent());
        assertTrue(objects.find(second).isPresent());
    }

    @Test
    void the_same_request_that_is_encoded_again_finds_its_image() throws Exception {
        PromptEncoded once = Prompts.encoded("job-1").toBuilder()
                .setRequestSha256("a".repeat(64))
                .addTimings(StageTiming.newBuilder().setReceivedAtMs(1))
                .build();
        PromptEncoded again = once.toBuilder()
                .setEncoded(once.getEncoded().toBuilder().setAdapterRevision("newer"))
                .build();
        handler.handle(incoming(once), lock);

        handler.handle(incoming(again), lock);

        assertEquals(1, sampled);
        assertEquals(ends().get(0), ends().get(1));
        assertEquals("a".repeat(64), ends().get(0).getRequestSha256());
    }

    @Test
    void a_replay_whose_images_are_gone_is_drawn_again() throws Exception {
        handler.handle(incoming(Prompts.encoded("job-1")), lock);
        objects.list("images/job-1/").stream()
                .filter(object -> object.key().endsWith(".png"))
                .forEach(object -> objects.delete(object.key()));

        handler.handle(incoming(Prompts.encoded("job-1")), lock);

        assertEquals(2, sampled);
        assertTrue(
                objects.find(ends().get(1).getImages().getImages(1).getObject().getKey())
                        .isPresent());
    }

    @Test
    void twoSamplersThatDrawTheSameJobAgreeOnOneEnd() throws Exception {
        boolean[] again = {true};
        afterSecondStep = () -> {
            if (again[0]) {
                again[0] = false;
                handle("job-1");
            }
        };

        handler.handle(incoming(Prompts.encoded("job-1")), lock);

        assertEquals(2, sampled);
        assertEquals(2, ends().size());
        assertEquals(ends().get(0), ends().get(1));
        assertEquals(3, objects.list("images/job-1/").size(), "two images and the end");
    }

    @Test
    void aJobThatIsCancelledBeforeItsTurnIsNotSampled() throws Exception {
        cancelled.add("job-1", "changed my mind");

        handler.handle(incoming(Prompts.encoded("job-1")), lock);

        assertEquals(0, sampled);
        assertEquals("changed my mind", ends().get(0).getCancelled().getReason());
    }

    @Test
    void aJobThatIsCancelledBetweenTwoStepsStopsThere() throws Exception {
        afterSecondStep = () -> cancelled.add("job-1", "enough");

        handler.handle(incoming(Prompts.encoded("job-1")), lock);

        assertEquals("enough", ends().get(0).getCancelled().getReason());
        assertEquals(1, objects.list("images/job-1/").size(), "the end alone");
        assertEquals(2, meters.counter("surstream.sampler.denoising.steps").count());
    }

    @Test
    void aCancellationAfterTheEndChangesNothing() throws Exception {
        handler.handle(incoming(Prompts.encoded("job-1")), lock);
        cancelled.add("job-1", "too late");

        handler.handle(incoming(Prompts.encoded("job-1")), lock);

        assertTrue(ends().get(1).hasImages());
    }

    @Test
    void aLeaseThatIsLostLeavesTheJobToSomebodyElse() {
        afterSecondStep = lock::lose;

        assertThrows(
                AcquisitionLockLostException.class, () -> handler.handle(incoming(Prompts.encoded("job-1")), lock));

        assertEquals(List.of(), ends());
        assertEquals(List.of(), objects.list("images/"));
    }

    @Test
    void aPromptOfAnotherModelIsRefusedForGood() {
        EncodedPrompt other =
                Prompts.prompt().toBuilder().setModelRevision("other").build();

        RefusedJobException refused = assertThrows(
                RefusedJobException.class, () -> handler.handle(incoming(Prompts.encoded("job-1", other)), lock));

        assertEquals("MODEL_MISMATCH", refused.failure().getType());
        assertEquals(List.of(), published);
    }

    private void handle(String jobId) {
        try {
            handler.handle(incoming(Prompts.encoded(jobId)), new AcquisitionLock());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<ImageSampled> ends() {
        return published.stream()
                .filter(event -> event.topic() == Topic.IMAGES_SAMPLED)
                .map(event -> (ImageSampled) event.event())
                .toList();
    }

    private static Incoming<PromptEncoded> incoming(PromptEncoded event) {
        return new Incoming<>(
                event, event.getJobId(), "prompts.encoded", 0, 0, Instant.EPOCH, 1, TraceContext.create());
    }

    private Optional<FloatTensor> threeSteps(DenoisingJob job, StepListener listener) {
        sampled++;
        FloatTensor none = FloatTensor.zeros(1);
        for (int done = 1; done <= 3; done++) {
            if (done == 2) {
                afterSecondStep.run();
            }
            if (!listener.onStep(new DenoisingStep(0, done - 1, done, 3, none, none))) {
                return Optional.empty();
            }
        }
        return Optional.of(FloatTensor.zeros(2, 4, 1, 1));
    }

    private static List<RgbImage> twoImages() {
        return List.of(new RgbImage(1, 2, new byte[6]), new RgbImage(1, 2, new byte[6]));
    }
}
