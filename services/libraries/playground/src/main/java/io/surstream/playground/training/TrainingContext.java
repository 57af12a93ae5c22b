package io.surstream.playground.training;

import io.surstream.playground.training.PlaygroundRecipe.LearningPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the stages share: the recipe, the folder and the scenes.
 *
 * <p>Folder: {@code model/} the model so far in diffusers layout, {@code teacher/} the teacher in transformers layout,
 * {@code state/} what an interrupted stage continues from and a marker for each finished one. Owned by one thread.
 */
final class TrainingContext {
    private final PlaygroundRecipe recipe;
    private final Path folder;
    private final TrainingProgress progress;
    private final TrainingOptions options;
    private final SceneSet scenes;

    TrainingContext(PlaygroundRecipe recipe, Path folder, TrainingProgress progress, TrainingOptions options) {
        this.recipe = recipe;
        this.folder = folder;
        this.progress = progress;
        this.options = options;
        this.scenes = new SceneSet(recipe.scenes(), recipe.seed());
    }

    PlaygroundRecipe recipe() {
        return recipe;
    }

    TrainingProgress progress() {
        return progress;
    }

    Path modelFolder() {
        return folder.resolve("model");
    }

    Path teacherFolder() {
        return folder.resolve("teacher");
    }

    Path stateFile(String stage) {
        return folder.resolve("state").resolve(stage + ".safetensors");
    }

    SceneSet scenes() {
        return scenes;
    }

    /** The scenes' latents: encoded at the first call, kept on disk until the autoencoder changes. */
    LatentSet latents() throws IOException {
        return LatentSet.of(modelFolder().resolve("vae"), scenes, latentsFile(), progress);
    }

    void forgetLatents() throws IOException {
        Files.deleteIfExists(latentsFile());
    }

    private Path latentsFile() {
        return stateFile("latents");
    }

    TrainingLoop loop(String stage, LearningPlan plan) {
        try {
            Files.createDirectories(stateFile(stage).getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TrainingLoop(stage, plan, stateFile(stage), progress, options);
    }

    boolean isDone(String stage) {
        return Files.exists(marker(stage));
    }

    void markDone(String stage) throws IOException {
        Files.createDirectories(marker(stage).getParent());
        Files.writeString(marker(stage), recipe.toString());
    }

    private Path marker(String stage) {
        return folder.resolve("state").resolve(stage + ".done");
    }
}
