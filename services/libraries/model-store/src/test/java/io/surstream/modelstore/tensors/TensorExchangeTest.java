package io.surstream.modelstore.tensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.contract.Sha256;
import io.surstream.contract.failure.FailureType;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TensorExchangeTest {
    private static final FloatTensor VALUES = FloatTensor.of(new float[] {1, -2, 3.5f, 0, 5, 6}, 1, 2, 3);
    private static final String FIELD = "prompt_embeds";

    private final InMemoryObjectStore store = new InMemoryObjectStore("tensors");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TensorReader reader = new TensorReader(store, 1000, meters);

    private Tensor offloaded(int inlineLimit) {
        return new TensorOffload(store, () -> "embeds/2026-01-02", inlineLimit).apply(TensorMessage.of(VALUES));
    }

    private TensorException refused(Tensor tensor) {
        return assertThrows(TensorException.class, () -> reader.read(FIELD, tensor));
    }

    private Tensor referring(ObjectReference.Builder object) {
        return offloaded(1).toBuilder().setObject(object).build();
    }

    @Test
    void a_tensor_up_to_the_limit_stays_in_the_event() {
        Tensor inline = offloaded(24);

        assertTrue(inline.hasData());
        assertTrue(store.list("").isEmpty());
        assertEquals(VALUES, reader.read(FIELD, inline));
    }

    @Test
    void a_larger_tensor_is_stored_once_under_its_digest_and_read_back() {
        Tensor large = offloaded(23);
        offloaded(23);

        String digest = Sha256.of(TensorMessage.of(VALUES).getData().toByteArray());
        assertEquals("embeds/2026-01-02/" + digest, large.getObject().getKey());
        assertEquals(24, large.getObject().getSize());
        assertEquals(1, store.list("").size());
        assertEquals(VALUES, reader.read(FIELD, large));
    }

    @Test
    void a_reference_is_left_as_it_is() {
        Tensor large = offloaded(1);

        assertSame(large, new TensorOffload(store, () -> "other", 1).apply(large));
    }

    @Test
    void half_precision_content_is_widened_from_the_store_too() {
        Tensor half = TensorMessage.of(FloatTensor.of(new float[1], 1)).toBuilder()
                .setDtype(Tensor.DType.FP16)
                .setData(ByteString.copyFrom(new byte[] {0x00, 0x3c}))
                .build();

        Tensor large = new TensorOffload(store, () -> "a", 1).apply(half);

        assertTrue(large.hasObject());
        assertEquals(FloatTensor.of(new float[] {1}, 1), reader.read(FIELD, large));
    }

    @Test
    void a_missing_object_is_told_by_its_key() {
        Tensor large = offloaded(1);
        store.delete(large.getObject().getKey());

        TensorException e = refused(large);

        assertEquals(FailureType.TENSOR_NOT_FOUND, e.type());
        assertTrue(e.getMessage().contains(large.getObject().getKey()), e.getMessage());
    }

    @Test
    void content_that_was_read_before_is_not_fetched_again() {
        Tensor large = offloaded(1);
        reader.read(FIELD, large);
        store.delete(large.getObject().getKey());

        assertEquals(VALUES, reader.read(FIELD, large));
    }

    @Test
    void the_caches_hits_misses_and_bytes_are_metered() {
        Tensor large = offloaded(1);
        reader.read(FIELD, large);
        reader.read(FIELD, large);
        reader.read(FIELD, large);

        assertEquals(2, requests("hit"));
        assertEquals(1, requests("miss"));
        assertEquals(
                24,
                meters.get("surstream.cache.bytes")
                        .tag("cache", "fetched-embeddings")
                        .gauge()
                        .value());
    }

    private double requests(String result) {
        return meters.get("surstream.cache.requests")
                .tags("cache", "fetched-embeddings", "result", result)
                .functionCounter()
                .count();
    }

    @Test
    void the_cache_keeps_no_more_bytes_than_its_bound() {
        ContentCache cache = new ContentCache(5, new SimpleMeterRegistry());
        for (String digest : List.of("aa", "bb", "ccc", "too large")) {
            cache.put(digest, new byte[digest.length()]);
        }

        List<String> kept = Stream.of("aa", "bb", "ccc", "too large")
                .filter(digest -> cache.get(digest) != null)
                .toList();
        int bytes = String.join("", kept).length();
        assertTrue(0 < bytes && bytes <= 5, kept.toString());
    }

    @Test
    void another_content_under_the_key_is_refused_as_corrupt() {
        Tensor large = offloaded(1);
        store.put(large.getObject().getKey(), new byte[24], "application/octet-stream");
        assertEquals(FailureType.TENSOR_CORRUPT, refused(large).type());

        store.put(large.getObject().getKey(), new byte[1 << 20], "application/octet-stream");
        assertEquals(FailureType.TENSOR_CORRUPT, refused(large).type());
    }

    @Test
    void a_reference_that_does_not_fit_the_tensor_is_refused_before_anything_is_fetched() {
        ObjectReference good = offloaded(1).getObject();

        assertEquals(
                "prompt_embeds must be in bucket tensors but is in 'elsewhere'",
                refused(referring(good.toBuilder().setBucket("elsewhere"))).getMessage());
        assertTrue(refused(referring(good.toBuilder().setSize(25))).getMessage().contains("an object of 24 bytes"));
        assertEquals(
                FailureType.INVALID_ARGUMENT,
                refused(referring(good.toBuilder().setSha256("beef"))).type());
    }

    @Test
    void a_tensor_that_cannot_be_is_refused() {
        Tensor good = TensorMessage.of(VALUES);

        assertTrue(refused(good.toBuilder().clearContent().build()).getMessage().contains("has neither"));
        assertTrue(refused(good.toBuilder().clearDtype().build()).getMessage().contains("dtype"));
        assertTrue(refused(good.toBuilder().setShape(0, 1L << 40).build())
                .getMessage()
                .contains("elements"));
        assertTrue(refused(TensorMessage.of(FloatTensor.of(new float[] {Float.NaN}, 1)))
                .getMessage()
                .contains("finite"));
        assertEquals(
                FailureType.INVALID_ARGUMENT,
                refused(good.toBuilder().setData(ByteString.EMPTY).build()).type());
    }
}
