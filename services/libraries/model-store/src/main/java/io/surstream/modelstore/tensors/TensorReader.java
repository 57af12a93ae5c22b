package io.surstream.modelstore.tensors;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.contract.Sha256;
import io.surstream.contract.failure.FailureType;
import io.surstream.storage.ChecksumMismatchException;
import io.surstream.storage.ObjectNotFoundException;
import io.surstream.storage.ObjectStore;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.Tensor;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Tensors of an event as 32-bit floats, every field checked against the others. Content by reference is fetched from one
 * bucket, must be exactly what the reference says, and is kept for a while: the same negative prompt comes with nearly
 * every job. Thread-safe; calls may block on the store.
 */
public final class TensorReader {
    private final ObjectStore store;
    private final Optional<ContentCache> cache;

    /**
     * Keeps nothing that it fetched.
     *
     * @param store stays the caller's to close; references to other buckets are refused
     */
    public TensorReader(ObjectStore store) {
        this.store = store;
        this.cache = Optional.empty();
    }

    /**
     * @param store stays the caller's to close; references to other buckets are refused
     * @param cacheBytes most bytes of fetched content that are kept
     */
    public TensorReader(ObjectStore store, long cacheBytes, MeterRegistry meters) {
        this.store = store;
        this.cache = Optional.of(new ContentCache(cacheBytes, meters));
    }

    /**
     * @param name of the field, for messages
     * @throws TensorException when type, shape and content do not fit together, a value is not finite, or the object is
     *     gone or another one
     * @throws io.surstream.storage.StorageException when the store cannot be asked: try again later
     */
    public FloatTensor read(String name, Tensor tensor) {
        long size = TensorMessage.size(name, tensor);
        return switch (tensor.getContentCase()) {
            case DATA -> TensorMessage.read(name, tensor, tensor.getData().asReadOnlyByteBuffer());
            case OBJECT -> TensorMessage.read(name, tensor, ByteBuffer.wrap(content(name, tensor.getObject(), size)));
            case CONTENT_NOT_SET ->
                throw TensorException.invalid(name + " must have data, or an object that holds it, but has neither");
        };
    }

    private byte[] content(String name, ObjectReference object, long size) {
        if (!object.getBucket().equals(store.bucket())) {
            throw TensorException.invalid(
                    name + " must be in bucket " + store.bucket() + " but is in '" + object.getBucket() + '\'');
        }
        if (object.getSize() != size || !object.getSha256().matches("[0-9a-f]{64}")) {
            throw TensorException.invalid(name + " must refer to an object of " + size
                    + " bytes with its SHA-256 in lower-case hex but refers to one of " + object.getSize()
                    + " bytes with '" + object.getSha256() + '\'');
        }
        String digest = object.getSha256();
        Optional<byte[]> known = cache.map(kept -> kept.get(digest));
        byte[] content = known.orElseGet(() -> fetch(name, object));
        if (known.isEmpty()) {
            cache.ifPresent(kept -> kept.put(digest, content));
        }
        return content;
    }

    private byte[] fetch(String name, ObjectReference object) {
        try {
            // Its size first: what is stored there may be anything.
            if (store.head(object.getKey()).size() != object.getSize()) {
                throw another(name, object);
            }
            byte[] content = store.get(object.getKey());
            if (!Sha256.of(content).equals(object.getSha256())) {
                throw another(name, object);
            }
            return content;
        } catch (ObjectNotFoundException e) {
            throw new TensorException(
                    FailureType.TENSOR_NOT_FOUND,
                    name + ": " + e.getMessage() + "; it was deleted, submit the job again");
        } catch (ChecksumMismatchException e) {
            throw TensorException.corrupt(name + ": " + e.getMessage());
        }
    }

    private static TensorException another(String name, ObjectReference object) {
        return TensorException.corrupt(name + ": s3://" + object.getBucket() + '/' + object.getKey()
                + " is not the object of " + object.getSize() + " bytes with SHA-256 " + object.getSha256()
                + " that the event means");
    }
}
