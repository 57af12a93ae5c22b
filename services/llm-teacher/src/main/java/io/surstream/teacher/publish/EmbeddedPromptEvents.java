package io.surstream.teacher.publish;

import io.surstream.contract.training.TaughtKey;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.PromptTaught;
import io.surstream.v1.Tensor;
import java.util.function.UnaryOperator;

/** What goes onto examples.taught. */
public final class EmbeddedPromptEvents {
    private EmbeddedPromptEvents() {}

    /**
     * The result as a consequence of the example that asked for it first.
     *
     * @param place leaves an embedding as it is to travel, for example by reference
     */
    public static Outgoing event(PromptTaught taught, Incoming<ExampleCurated> cause, UnaryOperator<Tensor> place) {
        PromptTaught placed = taught.toBuilder()
                .setEmbedding(place.apply(taught.getEmbedding()))
                .build();
        return cause.reply(Topic.EXAMPLES_TAUGHT, TaughtKey.of(taught.getTeacher(), taught.getPrompt()), placed);
    }
}
