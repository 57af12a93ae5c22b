package io.surstream.playground.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains the whole playground model into a folder, from nothing or from where an earlier run stopped.
 *
 * <p>Order: tokenizer; text encoder, contrastively on captions of both styles, then frozen; autoencoder, then its decoder alone; UNet on keyword
 * captions only. Interrupt it at any time: it goes on from the last saved state.
 */
public final class PlaygroundTraining {
    private static final List<Stage> STAGES = List.of(
            new TokenizerStage(), new TextEncoderStage(), new AutoencoderStage(), new DecoderStage(), new UNetStage());

    private PlaygroundTraining() {}

    /** Names of the stages in order. */
    public static List<String> stages() {
        return STAGES.stream().map(Stage::name).toList();
    }

    /**
     * Runs the chosen stages that are not done yet.
     *
     * @param folder gets {@code model/}, in diffusers layout, and {@code state/}, from which a later run goes on
     * @return the model's folder
     */
    public static Path run(PlaygroundRecipe recipe, Path folder, TrainingProgress progress, TrainingOptions options)
            throws IOException {
        TrainingContext context = new TrainingContext(recipe, folder, progress, options);
        for (Stage stage : STAGES) {
            if (!options.stages().contains(stage.name())) {
                continue;
            }
            if (context.isDone(stage.name())) {
                progress.note(stage.name() + " is done already");
                continue;
            }
            progress.note(stage.name() + " begins");
            stage.run(context);
            context.markDone(stage.name());
        }
        return context.modelFolder();
    }
}
