package io.surstream.trainer.assemble;

import io.surstream.v1.ExampleCurated;
import io.surstream.v1.PromptEmbedded;
import java.util.function.Predicate;

/** Examples and teacher vectors as the cluster knows them. One thread. */
public interface ExampleFeed extends AutoCloseable {
    /**
     * All examples of all datasets that have come since the last call, or ever.
     *
     * @param listener says whether an example is needed
     */
    void curated(Predicate<ExampleCurated> listener);

    /**
     * All vectors that have come since the last call, or ever.
     *
     * @param listener says whether a vector is needed
     */
    void embedded(Predicate<PromptEmbedded> listener);

    /** Lets the next {@link #embedded} start from the beginning: new prompts have arrived whose vectors were skipped. */
    void rewindEmbedded();

    @Override
    void close();
}
