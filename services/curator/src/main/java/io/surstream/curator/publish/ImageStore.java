package io.surstream.curator.publish;

import io.surstream.curator.inspect.InspectedImage;
import io.surstream.storage.ObjectStore;
import io.surstream.v1.ObjectReference;

/** Images under their content: the same image is there once, whatever datasets hold it. Thread-safe. */
public final class ImageStore {
    private final ObjectStore store;

    /** @param store stays the caller's */
    public ImageStore(ObjectStore store) {
        this.store = store;
    }

    /** Writes the image unless it is there. */
    public ObjectReference put(InspectedImage image) {
        String key = "curated/images/" + image.sha256() + image.extension();
        store.putIfAbsent(key, image.bytes(), image.type());
        return ObjectReference.newBuilder()
                .setBucket(store.bucket())
                .setKey(key)
                .setSha256(image.sha256())
                .setSize(image.bytes().length)
                .setContentType(image.type())
                .build();
    }
}
