package io.surstream.models;

import io.surstream.models.hub.ModelResolver;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A model that travels inside a jar, found through {@link java.util.ServiceLoader} by {@link ModelResolver}. */
public interface BundledModel {
    /** The reference under which it is asked for, for example {@code playground}; a name is one model of each layout. */
    String name();

    /** Kind of model: a text-to-image pipeline, if it does not say otherwise. */
    default ModelLayout layout() {
        return ModelLayout.DIFFUSERS;
    }

    /** Its files, relative to the model folder, with {@code /} between names. */
    List<String> files();

    /** One of {@link #files}. */
    InputStream open(String file) throws IOException;
}
