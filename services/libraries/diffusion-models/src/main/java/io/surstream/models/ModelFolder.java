package io.surstream.models;

import io.surstream.schedulers.PipelineScheduler;
import io.surstream.schedulers.SchedulerConfig;
import io.surstream.torch.tensor.TorchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text-to-image model on disk in diffusers layout: {@code model_index.json} and one folder per component. Opening looks
 * at the layout and hashes the files, and loads no weights. Immutable.
 *
 * @param path the folder
 * @param name how the model is called in records, for example the folder's own name or {@code owner/name}
 * @param family pipeline class in model_index.json, for example {@code StableDiffusionPipeline}
 * @param revision identity of configs and weights: equal for equal models wherever they lie
 */
public record ModelFolder(Path path, String name, String family, String revision) {
    private static final List<String> FAMILIES = List.of("StableDiffusionPipeline");
    private static final List<String> COMPONENTS = List.of("tokenizer", "text_encoder", "unet", "vae", "scheduler");

    /** Opens a folder under its own name. */
    public static ModelFolder open(Path path) {
        return open(path, String.valueOf(path.toAbsolutePath().normalize().getFileName()));
    }

    /**
     * @param name how the model is to be called in records
     * @throws ModelFolderException if the folder is no model, or one of a family that is not supported
     */
    public static ModelFolder open(Path path, String name) {
        if (!Files.isDirectory(path)) {
            throw new ModelFolderException("model folder " + path + " does not exist");
        }
        PipelineIndex index = PipelineIndex.read(path);
        String family = index.family(FAMILIES);
        List<String> missing = new ArrayList<>();
        for (String component : COMPONENTS) {
            if (!Files.isDirectory(path.resolve(component))) {
                missing.add(component);
            }
        }
        if (!missing.isEmpty()) {
            throw new ModelFolderException("model folder " + path + " lacks " + String.join(", ", missing)
                    + "; a Stable Diffusion model in diffusers layout has " + String.join(", ", COMPONENTS));
        }
        index.requireAgreement("unet");
        index.requireAgreement("vae");
        try {
            return new ModelFolder(path, name, family, ModelRevision.of(path, COMPONENTS, index.ownWords()));
        } catch (IOException | TorchException e) {
            throw new ModelFolderException("model folder " + path + " cannot be read: " + e, e);
        }
    }

    /** The folder of a component: {@code tokenizer}, {@code text_encoder}, {@code unet}, {@code vae}, {@code scheduler}. */
    public Path component(String component) {
        return path.resolve(component);
    }

    /** The SUR-adapter that comes with the model, {@code adapter/adapter.safetensors}, where there is one. */
    public Optional<Path> adapter() {
        return Optional.of(path.resolve("adapter").resolve("adapter.safetensors"))
                .filter(Files::isRegularFile);
    }

    /** The model's own scheduler, with the corrections that diffusers' pipeline makes. */
    public SchedulerConfig scheduler() {
        return pipelineScheduler().config();
    }

    /** The model's own scheduler, and what it does otherwise than its file says. */
    public PipelineScheduler pipelineScheduler() {
        return PipelineIndex.read(path).scheduler();
    }
}
