package io.surstream.curator.publish;

import io.surstream.v1.ExampleCurated;
import java.util.concurrent.CompletionStage;

/** Where finished examples go. */
public interface ExampleSink {

    /** Completes when the example is safe. */
    CompletionStage<Void> publish(ExampleCurated example);
}
