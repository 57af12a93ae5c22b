package io.surstream.trainer.model;

import io.surstream.storage.ObjectNotFoundException;
import io.surstream.storage.ObjectStore;
import io.surstream.training.features.FeatureCache;
import java.nio.file.Path;

/** Frozen features in object storage, so that the next trainer need not compute them. Keys say what they follow from. */
final class SharedFeatures implements FeatureCache.Share {
    private final ObjectStore objects;

    SharedFeatures(ObjectStore objects) {
        this.objects = objects;
    }

    @Override
    public boolean fetch(String key, Path file) {
        try {
            objects.download(object(key), file);
            return true;
        } catch (ObjectNotFoundException e) {
            return false;
        }
    }

    @Override
    public void keep(String key, Path file) {
        objects.put(object(key), file, "application/octet-stream");
    }

    private static String object(String key) {
        return "training/features/" + key + ".safetensors";
    }
}
