package io.surstream.sampler.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.sampler.publish.SamplerEvents;
import io.surstream.sampler.sample.Sampled.Picture;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.v1.Failure;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.SampledImage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobStoreTest {
    private final InMemoryObjectStore objects = new InMemoryObjectStore("pictures");
    private final JobStore store = new JobStore(objects);

    @Test
    void aPictureLiesUnderItsJobAndIndex() {
        SampledImage image = store.keep("job-1", picture(1, 2, 3));

        assertEquals("images/job-1/1.png", image.getObject().getKey());
        assertEquals("pictures", image.getObject().getBucket());
        assertEquals("image/png", image.getObject().getContentType());
        assertEquals(2, image.getObject().getSize());
        assertEquals(64, image.getObject().getSha256().length());
        assertArrayEquals(new byte[] {2, 3}, objects.get("images/job-1/1.png"));
    }

    @Test
    void aPictureThatIsStoredAgainIsTheFirstOne() {
        SampledImage first = store.keep("job-1", picture(0, 1, 2));

        SampledImage second = store.keep("job-1", picture(0, 9, 9));

        assertEquals(first.getObject(), second.getObject());
        assertArrayEquals(new byte[] {1, 2}, objects.get("images/job-1/0.png"));
    }

    @Test
    void aJobHasOneEndForEver() {
        ImageSampled first = store.settle(failed("A"));

        ImageSampled second = store.settle(failed("B"));

        assertEquals(first, second);
        assertEquals("A", second.getFailure().getType());
        assertEquals(Optional.of(first), store.findEnd("job-1"));
    }

    @Test
    void aJobThatHasNotEndedHasNoEnd() {
        store.keep("job-1", picture(0, 1));

        assertTrue(store.findEnd("job-1").isEmpty());
    }

    private static Picture picture(int index, int... bytes) {
        byte[] png = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            png[i] = (byte) bytes[i];
        }
        return new Picture(index, 7 + index, 64, 64, png);
    }

    private static ImageSampled failed(String type) {
        return SamplerEvents.failed("job-1", Failure.newBuilder().setType(type).build());
    }
}
