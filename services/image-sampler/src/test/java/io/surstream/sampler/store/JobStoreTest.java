package io.surstream.sampler.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.sampler.Prompts;
import io.surstream.sampler.publish.SamplerEvents;
import io.surstream.sampler.sample.Sampled.GeneratedImage;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.v1.Failure;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.SampledImage;
import io.surstream.v1.SampledImages;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobStoreTest {
    private static final JobRequestId RED = new JobRequestId("job-1", "a".repeat(16));
    private static final JobRequestId BLUE = new JobRequestId("job-1", "b".repeat(16));

    private final InMemoryObjectStore objects = new InMemoryObjectStore("images");
    private final JobStore store = new JobStore(objects);

    @Test
    void an_image_lies_under_its_job_its_request_and_its_index() {
        SampledImage image = store.keep(RED, image(1, 2, 3));

        assertEquals(
                "images/job-1/" + RED.request() + "/1.png", image.getObject().getKey());
        assertEquals("images", image.getObject().getBucket());
        assertEquals("image/png", image.getObject().getContentType());
        assertEquals(2, image.getObject().getSize());
        assertEquals(64, image.getObject().getSha256().length());
        assertArrayEquals(new byte[] {2, 3}, objects.get(image.getObject().getKey()));
    }

    @Test
    void an_image_that_is_stored_again_is_the_first_one() {
        SampledImage first = store.keep(RED, image(0, 1, 2));

        SampledImage second = store.keep(RED, image(0, 9, 9));

        assertEquals(first.getObject(), second.getObject());
        assertArrayEquals(new byte[] {1, 2}, objects.get(first.getObject().getKey()));
    }

    @Test
    void another_request_of_the_same_job_id_has_an_image_and_an_end_of_its_own() {
        ImageSampled red = store.commitResult(RED, sampled(store.keep(RED, image(0, 1))));

        ImageSampled blue = store.commitResult(BLUE, sampled(store.keep(BLUE, image(0, 2))));

        assertNotEquals(red, blue);
        assertEquals(Optional.of(red), store.findResult(RED));
        assertEquals(Optional.of(blue), store.findResult(BLUE));
        assertArrayEquals(
                new byte[] {1},
                objects.get(red.getImages().getImages(0).getObject().getKey()));
    }

    @Test
    void a_request_has_one_end() {
        ImageSampled first = store.commitResult(RED, failed("A"));

        ImageSampled second = store.commitResult(RED, failed("B"));

        assertEquals(first, second);
        assertEquals("A", second.getFailure().getType());
        assertEquals(Optional.of(first), store.findResult(RED));
    }

    @Test
    void a_job_that_has_not_ended_has_no_end() {
        store.keep(RED, image(0, 1));

        assertTrue(store.findResult(RED).isEmpty());
    }

    @Test
    void an_end_whose_image_is_gone_is_none_and_gives_way_to_a_new_one() {
        ImageSampled first = store.commitResult(RED, sampled(store.keep(RED, image(0, 1))));
        objects.delete(first.getImages().getImages(0).getObject().getKey());

        assertTrue(store.findResult(RED).isEmpty());
        ImageSampled second = store.commitResult(RED, sampled(store.keep(RED, image(0, 5))));

        assertNotEquals(first, second);
        assertEquals(Optional.of(second), store.findResult(RED));
    }

    @Test
    void the_same_event_names_the_same_request_and_another_prompt_names_another() {
        PromptEncoded foreign = Prompts.encoded("job-1");

        assertEquals(RED, JobRequestId.of(submitted("a".repeat(64))));
        assertEquals(JobRequestId.of(foreign), JobRequestId.of(foreign));
        assertNotEquals(
                JobRequestId.of(foreign),
                JobRequestId.of(Prompts.encoded(
                        "job-1",
                        Prompts.prompt().toBuilder().setPrompt("another").build())));
    }

    @Test
    void a_digest_that_is_none_never_becomes_part_of_a_key() {
        assertTrue(JobRequestId.of(submitted("../../adapters/")).request().matches("[0-9a-f]{16}"));
        assertNotEquals(JobRequestId.of(submitted("b")), JobRequestId.of(submitted("a".repeat(64))));
    }

    private static PromptEncoded submitted(String digest) {
        return Prompts.encoded("job-1").toBuilder().setRequestSha256(digest).build();
    }

    private static ImageSampled sampled(SampledImage image) {
        return ImageSampled.newBuilder()
                .setJobId("job-1")
                .setImages(SampledImages.newBuilder().addImages(image))
                .build();
    }

    private static GeneratedImage image(int index, int... bytes) {
        byte[] png = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            png[i] = (byte) bytes[i];
        }
        return new GeneratedImage(index, 7 + index, 64, 64, png);
    }

    private static ImageSampled failed(String type) {
        return SamplerEvents.failed(
                "job-1", "", Failure.newBuilder().setType(type).build());
    }
}
