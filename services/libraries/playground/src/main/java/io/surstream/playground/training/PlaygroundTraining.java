package io.surstream.playground.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Trains the whole playground model into a folder, from nothing or from where an earlier run stopped.
 *
 * <p>Order: tokenizer; text encoder, contrastively on captions of both styles, then the words of the wider language,
 * then frozen; autoencoder, then its decoder alone; UNet on keyword captions only, in two runs; the teacher, which
 * needs nothing but the tokenizer. You can interrupt it at any time: it continues from the last saved state.
 */
public final class PlaygroundTraining {
    private static final List<TrainingStage> STAGES = List.of(
            new TokenizerStage(),
            new TextEncoderStage(),
            new VocabularyStage(),
            new AutoencoderStage(),
            new DecoderStage(),
            UNetStage.fromNothing(),
            UNetStage.refinement(),
            new TeacherStage());

    /** What is still to do for a finished model that is taken up. */
    private static final List<String> OF_ADOPTED = List.of("vocabulary", "unet-refinement", "teacher");

    private PlaygroundTraining() {}

    /** Names of the stages in order. */
    public static List<String> stages() {
        return STAGES.stream().map(TrainingStage::name).toList();
    }

    /**
     * Takes up a finished model, so that {@link #run} only refines its UNet. A folder that holds a training already is
     * left as it is.
     *
     * @param model in diffusers layout, with this recipe's networks
     */
    public static void adopt(PlaygroundRecipe recipe, Path model, Path folder, TrainingProgress progress)
            throws IOException {
        TrainingContext context = new TrainingContext(recipe, folder, progress, TrainingOptions.defaults());
        if (Files.exists(context.modelFolder())) {
            return;
        }
        Path partial = folder.resolve("model.partial");
        try (Stream<Path> files = Files.walk(model)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = partial.resolve(model.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        for (TrainingStage stage : STAGES) {
            if (!OF_ADOPTED.contains(stage.name())) {
                context.markDone(stage.name());
            }
        }
        Files.move(partial, context.modelFolder(), StandardCopyOption.ATOMIC_MOVE);
        progress.note("took up " + model);
    }

    /**
     * Runs the chosen stages that are not done yet.
     *
     * @param folder gets {@code model/} in diffusers layout, {@code teacher/} in transformers layout and
     *     {@code state/}, from which a later run continues
     * @return the model's folder
     */
    public static Path run(PlaygroundRecipe recipe, Path folder, TrainingProgress progress, TrainingOptions options)
            throws IOException {
        TrainingContext context = new TrainingContext(recipe, folder, progress, options);
        for (TrainingStage stage : STAGES) {
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
