package io.surstream.models;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Brings a model from elsewhere to a local folder. */
@FunctionalInterface
public interface ModelFetcher {
    /**
     * Fetches every file under the reference into {@code folder}, which exists and is empty.
     *
     * @param reference for example {@code s3://bucket/models/mine}
     */
    void fetch(URI reference, Path folder) throws IOException;
}
