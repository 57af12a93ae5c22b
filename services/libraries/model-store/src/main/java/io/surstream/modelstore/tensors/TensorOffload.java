package io.surstream.modelstore.tensors;

import io.surstream.contract.Sha256;
import io.surstream.storage.ObjectStore;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.Tensor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Puts the content of large tensors into object storage, under a key made of its SHA-256, and leaves a reference in the
 * event. The same content is written once, however many writers there are. Thread-safe; calls block on the store.
 */
public final class TensorOffload implements UnaryOperator<Tensor> {
    private static final String CONTENT_TYPE = "application/octet-stream";

    private final ObjectStore store;
    private final Supplier<String> folder;
    private final int inlineLimit;
    private final AtomicBoolean bucketIsThere = new AtomicBoolean();

    /**
     * @param store stays the caller's to close; its bucket is made when the first tensor needs it
     * @param folder first part of the keys, asked for each tensor, without a slash at the end
     * @param inlineLimit most bytes that stay in the event
     */
    public TensorOffload(ObjectStore store, Supplier<String> folder, int inlineLimit) {
        this.store = store;
        this.folder = folder;
        this.inlineLimit = inlineLimit;
    }

    /**
     * The tensor itself where it is small, else with a reference to its stored content.
     *
     * @throws io.surstream.storage.StorageException when it cannot be stored
     */
    @Override
    public Tensor apply(Tensor tensor) {
        if (!tensor.hasData() || tensor.getData().size() <= inlineLimit) {
            return tensor;
        }
        byte[] content = tensor.getData().toByteArray();
        String digest = Sha256.of(content);
        String key = folder.get() + '/' + digest;
        if (!bucketIsThere.get()) {
            store.ensureBucket();
            bucketIsThere.set(true);
        }
        store.putIfAbsent(key, content, CONTENT_TYPE);
        return tensor.toBuilder()
                .setObject(ObjectReference.newBuilder()
                        .setBucket(store.bucket())
                        .setKey(key)
                        .setSha256(digest)
                        .setSize(content.length)
                        .setContentType(CONTENT_TYPE))
                .build();
    }
}
