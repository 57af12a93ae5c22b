package io.surstream.curator.similarity;

import io.surstream.curator.caption.Captioned;
import java.util.Optional;

/**
 * An accepted sentence.
 *
 * @param similarity empty where no scorer was asked
 */
public record Checked(Captioned caption, Optional<Float> similarity) {}
