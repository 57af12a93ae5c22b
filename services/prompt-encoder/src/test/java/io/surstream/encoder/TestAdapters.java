package io.surstream.encoder;

import io.surstream.contract.Sha256;
import io.surstream.models.initialization.FreshAdapter;
import io.surstream.storage.ObjectStore;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ObjectReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Adapters with random weights in an object store. */
record TestAdapters(Path folder, ObjectStore objects) {
    TestAdapters {
        objects.ensureBucket();
    }

    CheckpointPublished make(TestEncoder encoder, long seed) {
        Path file = folder.resolve(seed + ".safetensors");
        try {
            Files.createDirectories(folder);
            SafetensorsWriter.write(
                    file,
                    new FreshAdapter(encoder.width()).weights(seed),
                    Map.of("adapter_weight", "0.3", "layout", "token"),
                    DType.FP32);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String sha256 = Sha256.of(file);
        String key = "adapters-of-tests/" + seed + ".safetensors";
        objects.put(key, file, "application/octet-stream");
        return CheckpointPublished.newBuilder()
                .setRevision(sha256.substring(0, 16))
                .setAdapter(ObjectReference.newBuilder()
                        .setBucket(objects.bucket())
                        .setKey(key)
                        .setSha256(sha256))
                .setAdapterWeight(0.3f)
                .setModelRevision(encoder.modelRevision())
                .build();
    }

    /** Leaves half of the file; @return the whole of it */
    byte[] tear(CheckpointPublished checkpoint) {
        String key = checkpoint.getAdapter().getKey();
        byte[] whole = objects.get(key);
        objects.put(key, Arrays.copyOf(whole, whole.length / 2), "application/octet-stream");
        return whole;
    }

    void repair(CheckpointPublished checkpoint, byte[] whole) {
        objects.put(checkpoint.getAdapter().getKey(), whole, "application/octet-stream");
    }
}
