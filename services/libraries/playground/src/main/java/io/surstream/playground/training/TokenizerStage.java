package io.surstream.playground.training;

import io.surstream.playground.tokenizer.TokenizerFiles;
import java.io.IOException;

/** Learns the byte pairs of the playground's language and writes what describes the model as a whole. */
final class TokenizerStage implements TrainingStage {
    @Override
    public String name() {
        return "tokenizer";
    }

    @Override
    public void run(TrainingContext context) throws IOException {
        TokenizerFiles.write(context.modelFolder().resolve("tokenizer"));
        ModelFiles.modelIndex(context.modelFolder());
        ModelFiles.schedulerConfig(context.modelFolder().resolve("scheduler"));
    }
}
