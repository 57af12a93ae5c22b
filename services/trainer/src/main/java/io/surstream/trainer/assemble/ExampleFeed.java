package io.surstream.trainer.assemble;

import io.surstream.v1.ExampleCurated;
import io.surstream.v1.PromptTaught;
import java.util.function.Consumer;

/** Examples and teacher vectors as the cluster knows them. One thread. */
public interface ExampleFeed extends AutoCloseable {
    /** All examples of all datasets that have come since the last call, or ever. */
    void curated(Consumer<ExampleCurated> listener);

    /** All vectors that have come since the last call, or ever. */
    void taught(Consumer<PromptTaught> listener);

    /** Lets the next {@link #taught} begin anew: prompts have come whose vectors were passed over. */
    void rewindTaught();

    @Override
    void close();
}
