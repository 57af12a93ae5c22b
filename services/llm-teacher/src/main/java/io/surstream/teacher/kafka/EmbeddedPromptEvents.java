package io.surstream.teacher.kafka;

import io.surstream.contract.training.EmbeddingKey;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.PromptEmbedded;
import io.surstream.v1.Tensor;
import java.util.function.UnaryOperator;

/** What goes onto examples.embedded. */
public final class EmbeddedPromptEvents {
    private EmbeddedPromptEvents() {}

    /**
     * The result as a consequence of the example that asked for it first.
     *
     * @param place leaves an embedding as it is to travel, for example by reference
     */
    public static Outgoing event(PromptEmbedded embedded, Incoming<ExampleCurated> cause, UnaryOperator<Tensor> place) {
        PromptEmbedded placed = embedded.toBuilder()
                .setEmbedding(place.apply(embedded.getEmbedding()))
                .build();
        return cause.reply(
                Topic.EXAMPLES_EMBEDDED, EmbeddingKey.of(embedded.getTeacher(), embedded.getPrompt()), placed);
    }
}
