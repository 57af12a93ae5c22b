package io.surstream.evaluator.evaluate;

import java.nio.file.Path;

/**
 * An adapter to draw with.
 *
 * @param weight λ; 0 leaves it to the file
 */
public record Candidate(String revision, Path file, float weight) {}
