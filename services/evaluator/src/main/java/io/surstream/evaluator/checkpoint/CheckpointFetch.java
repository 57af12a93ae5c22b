package io.surstream.evaluator.checkpoint;

import io.surstream.contract.failure.FailureType;
import io.surstream.modelstore.models.ContentFolder;
import io.surstream.storage.ChecksumMismatchException;
import io.surstream.storage.ObjectNotFoundException;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoredObject;
import io.surstream.training.checkpoint.CheckpointException;
import io.surstream.training.checkpoint.Manifest;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ObjectReference;
import java.nio.file.Path;

/**
 * From a checkpoint's event to its adapter as a local file. The manifest and the adapter are downloaded and hashed; of the other
 * files, which only the trainer reads, the store's own record of size and SHA-256 is compared. Thread-safe.
 */
public record CheckpointFetch(ContentFolder files) {
    private static final String ADAPTER = "adapter.safetensors";

    /**
     * @throws RefusedCheckpointException if the checkpoint is corrupt or a file is missing
     * @throws io.surstream.storage.StoreUnavailableException if the store does not answer
     */
    public Path fetch(CheckpointPublished checkpoint) throws RefusedCheckpointException {
        try {
            ObjectReference manifest = checkpoint.getManifest();
            verify(checkpoint, Manifest.read(local(manifest, ".json")));
            return adapter(checkpoint.getAdapter());
        } catch (ChecksumMismatchException | ObjectNotFoundException | CheckpointException e) {
            throw torn(checkpoint, e.getMessage());
        }
    }

    /** An adapter alone, as a promotion names it. */
    public Path adapter(ObjectReference object) {
        return local(object, ".safetensors");
    }

    private Path local(ObjectReference object, String ending) {
        return files.fetch(object.getBucket(), object.getKey(), object.getSha256(), ending);
    }

    private void verify(CheckpointPublished checkpoint, Manifest manifest) throws RefusedCheckpointException {
        Manifest.Entry adapter = manifest.files().get(ADAPTER);
        if (adapter == null || !adapter.sha256().equals(checkpoint.getAdapter().getSha256())) {
            throw torn(checkpoint, "its manifest names another " + ADAPTER + " than the event");
        }
        String key = checkpoint.getManifest().getKey();
        String folder = key.substring(0, key.lastIndexOf('/') + 1);
        try (ObjectStore store = files.stores().apply(checkpoint.getManifest().getBucket())) {
            for (var file : manifest.files().entrySet()) {
                StoredObject stored = store.head(folder + file.getKey());
                String sha256 = stored.sha256().orElse(file.getValue().sha256());
                if (stored.size() != file.getValue().size()
                        || !sha256.equals(file.getValue().sha256())) {
                    throw torn(checkpoint, file.getKey() + " is not the file that the manifest lists");
                }
            }
        }
    }

    private static RefusedCheckpointException torn(CheckpointPublished checkpoint, String reason) {
        return new RefusedCheckpointException(
                checkpoint,
                FailureType.TORN_CHECKPOINT,
                "manifest",
                "checkpoint " + checkpoint.getRevision() + " is corrupt: " + reason + "; publish it again");
    }
}
