package io.surstream.teacher.publish;

import io.surstream.streaming.Incoming;
import io.surstream.streaming.Outgoing;
import io.surstream.streaming.Topic;
import io.surstream.teacher.intake.EmbedIntake;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptTaught;
import io.surstream.v1.TaughtKey;
import java.util.Optional;

/** What goes onto examples.taught. */
public final class TaughtEvents {
    /** Largest embedding that a record carries. */
    public static final int INLINE_LIMIT = 1_000_000;

    private TaughtEvents() {}

    /** The result as a consequence of the example that asked for it first. */
    public static Outgoing event(PromptTaught taught, Incoming<ExampleCurated> cause) {
        return cause.reply(Topic.EXAMPLES_TAUGHT, TaughtKey.of(taught.getTeacher(), taught.getPrompt()), taught);
    }

    /** Why the event cannot go onto a topic; empty when it can. */
    public static Optional<Failure> tooLarge(PromptTaught taught) {
        int bytes = taught.getEmbedding().getData().size();
        if (bytes <= INLINE_LIMIT) {
            return Optional.empty();
        }
        return Optional.of(Failure.newBuilder()
                .setType("EMBEDDING_TOO_LARGE")
                .setField("simple_prompt")
                .setValue(bytes + " bytes")
                .setLimit("at most " + INLINE_LIMIT + " bytes")
                .setMessage("the embedding of a prompt with " + taught.getTokens() + " tokens must have at most "
                        + INLINE_LIMIT + " bytes but has " + bytes + ": shorten the prompt, or pool by last or mean")
                .setStage(EmbedIntake.STAGE)
                .build());
    }
}
