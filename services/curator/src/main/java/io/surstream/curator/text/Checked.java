package io.surstream.curator.text;

import java.util.Optional;

/**
 * An accepted sentence.
 *
 * @param similarity empty where no scorer was asked
 */
public record Checked(Captioned caption, Optional<Float> similarity) {}
