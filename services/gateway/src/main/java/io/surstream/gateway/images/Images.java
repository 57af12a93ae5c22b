package io.surstream.gateway.images;

import io.surstream.gateway.problem.ProblemException;
import io.surstream.storage.ObjectNotFoundException;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StorageException;
import io.surstream.v1.ObjectReference;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The images that workers left in the object store. Thread-safe. */
public final class Images {

    private final ObjectStore store;

    /** @param store of the bucket into which the samplers write; stays the caller's */
    public Images(ObjectStore store) {
        this.store = store;
    }

    /**
     * @return the whole image, checked against its SHA-256; empty when it is no longer there
     * @throws ProblemException 503 when the store does not answer
     */
    public Optional<byte[]> content(ObjectReference object) {
        if (!here(object)) {
            return Optional.empty();
        }
        try {
            return Optional.of(store.get(object.getKey()));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        } catch (StorageException e) {
            throw ProblemException.unavailable("the object store did not give the image", e);
        }
    }

    /**
     * @return a URL that serves the image without credentials for that long; empty when the image is no longer there
     * @throws ProblemException 503 when the store does not answer
     */
    public Optional<URI> presign(ObjectReference object, Duration lifetime) {
        try {
            return here(object) && store.find(object.getKey()).isPresent()
                    ? Optional.of(store.presignedGet(object.getKey(), lifetime))
                    : Optional.empty();
        } catch (StorageException e) {
            throw ProblemException.unavailable("the object store does not say whether it has the image", e);
        }
    }

    /**
     * Removes all that the samplers stored for a job. What an event names besides is not touched.
     *
     * @param jobId valid
     * @throws ProblemException 503 when the store does not answer or refuses
     */
    public void delete(String jobId) {
        try {
            store.list("images/" + jobId + "/").forEach(object -> store.delete(object.key()));
        } catch (StorageException e) {
            throw ProblemException.unavailable("the object store did not remove the job's images", e);
        }
    }

    /** An event may name any bucket; only ours is served. */
    private boolean here(ObjectReference object) {
        return object.getBucket().isEmpty() || object.getBucket().equals(store.bucket());
    }
}
