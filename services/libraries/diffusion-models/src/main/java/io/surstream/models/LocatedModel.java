package io.surstream.models;

import java.nio.file.Path;

/**
 * Where a reference led to.
 *
 * @param path a folder that exists; what it holds is not looked at yet
 * @param name how the model is called in records, for example the folder's own name or {@code owner/name}
 */
public record LocatedModel(Path path, String name) {}
