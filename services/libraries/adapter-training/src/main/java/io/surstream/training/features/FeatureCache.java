package io.surstream.training.features;

import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.TorchException;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.torch.weights.Weights;
import io.surstream.training.TrainingException;
import io.surstream.training.examples.TrainingExample;
import io.surstream.training.examples.TrainingExample.LatentMoments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Frozen features on disk, one safetensors file a key. Files appear whole; two processes may share a folder. Safe for use from
 * many threads.
 */
public final class FeatureCache {
    private static final String STATES = "states";
    private static final String MEAN = "mean";
    private static final String STD = "std";
    private static final String MIRRORED = "mirrored_";

    private final Path folder;
    private final Share share;

    /** A cache that others share, behind the folder. Called from many threads. */
    public interface Share {
        /** Writes a key's file, whole; false when the others do not have it. */
        boolean fetch(String key, Path file);

        /** Lets others have a key's file. */
        void keep(String key, Path file);
    }

    public FeatureCache(Path folder) {
        this(folder, new Alone());
    }

    /** What the folder lacks is asked of the share, and what is computed is given to it. */
    public FeatureCache(Path folder, Share share) {
        this.folder = folder;
        this.share = share;
    }

    private record Alone() implements Share {
        @Override
        public boolean fetch(String key, Path file) {
            return false;
        }

        @Override
        public void keep(String key, Path file) {}
    }

    /** Where a key's features lie, or would lie. */
    public Path file(String key) {
        return folder.resolve(key.substring(0, 2)).resolve(key + ".safetensors");
    }

    /** Whether the key's features are there and readable. An unreadable file counts as absent: it is computed again. */
    boolean has(String key) {
        return isReadable(key) || share.fetch(key, file(key)) && isReadable(key);
    }

    private boolean isReadable(String key) {
        if (!Files.isRegularFile(file(key))) {
            return false;
        }
        try (Weights stored = SafetensorsFile.open(file(key))) {
            return !stored.names().isEmpty();
        } catch (TorchException e) {
            return false;
        }
    }

    /** @param states [1,L,C] */
    void putStates(String key, FloatTensor states, DType dtype) {
        put(key, Map.of(STATES, withoutBatch(states)), dtype);
    }

    /** @param views the image's, and where there is one its mirror image's */
    void putMoments(String key, List<LatentMoments> views) {
        Map<String, FloatTensor> tensors = new TreeMap<>();
        for (int i = 0; i < views.size(); i++) {
            String prefix = i == 0 ? "" : MIRRORED;
            tensors.put(prefix + MEAN, views.get(i).mean());
            tensors.put(prefix + STD, views.get(i).std());
        }
        put(key, tensors, DType.FP32);
    }

    private void put(String key, Map<String, FloatTensor> tensors, DType dtype) {
        try {
            Files.createDirectories(file(key).getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("feature cache " + folder + " cannot be written: " + e.getMessage(), e);
        }
        SafetensorsWriter.write(file(key), tensors, Map.of(), dtype);
        share.keep(key, file(key));
    }

    static FloatTensor withoutBatch(FloatTensor tensor) {
        return FloatTensor.of(tensor.data(), Arrays.copyOfRange(tensor.shape(), 1, tensor.shape().length));
    }

    /**
     * Reads one example.
     *
     * @throws TrainingException if the cache lacks a part of it
     */
    public TrainingExample load(FeatureKeys keys, Optional<FloatTensor> teacher) {
        List<LatentMoments> views = new ArrayList<>();
        keys.image().ifPresent(key -> {
            try (Weights stored = open(key)) {
                views.add(moments(stored, ""));
                if (stored.names().contains(MIRRORED + MEAN)) {
                    views.add(moments(stored, MIRRORED));
                }
            }
        });
        return new TrainingExample(states(keys.simplePrompt()), states(keys.complexPrompt()), views, teacher);
    }

    private static LatentMoments moments(Weights stored, String prefix) {
        return new LatentMoments(
                stored.get(prefix + MEAN).toFloat(), stored.get(prefix + STD).toFloat());
    }

    private FloatTensor states(String key) {
        try (Weights stored = open(key)) {
            return stored.get(STATES).toFloat();
        }
    }

    private Weights open(String key) {
        try {
            return SafetensorsFile.open(file(key));
        } catch (TorchException e) {
            throw new TrainingException(
                    "feature cache: " + e.getMessage() + "; compute the example's features again", e);
        }
    }
}
