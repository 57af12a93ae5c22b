package io.surstream.curator.text;

import io.surstream.curator.inspect.InspectedImage;
import java.util.Optional;

/**
 * Writes the plain sentence of an image. To add one, implement this with a public constructor without parameters and name the class in
 * {@code META-INF/services/io.surstream.curator.text.Captioner} of a jar among the dependencies; {@code surstream.curator.captioner}
 * chooses it by its name.
 *
 * <p>Thread-safe. The same image and prompt should give the same sentence, so that an import that is repeated gives the same examples.
 */
public interface Captioner {

    /** Stable; part of every example whose sentence this captioner wrote. */
    String name();

    /**
     * @param image in its normal form
     * @param prompt the keyword prompt, which may help
     * @return empty where it has nothing true to say
     */
    Optional<String> caption(InspectedImage image, String prompt);
}
