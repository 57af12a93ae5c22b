package io.surstream.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.schedulers.PipelineScheduler;
import io.surstream.schedulers.SchedulerConfig;
import io.surstream.schedulers.SchedulerConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline's {@code model_index.json}: the pipeline class and the class of each component. diffusers makes each
 * component of the class given here, whatever the component's own config says. Immutable.
 */
public final class PipelineIndex {
    static final String FILE = ModelLayout.DIFFUSERS.index();
    private static final String FLAX = "Flax";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final JsonNode index;

    private PipelineIndex(Path folder, JsonNode index) {
        this.folder = folder;
        this.index = index;
    }

    /** @throws ModelFolderException if the folder has no readable index */
    public static PipelineIndex read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new ModelFolderException(folder + " is no model: it has no " + FILE
                    + "; point at a folder in diffusers layout, not at a single file or a component");
        }
        try {
            return new PipelineIndex(folder, JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new ModelFolderException(file + " cannot be read as JSON", e);
        }
    }

    /** The pipeline class. @throws ModelFolderException if it is not one of {@code supported} */
    String family(List<String> supported) {
        JsonNode family = index.path("_class_name");
        if (!supported.contains(family.asText())) {
            throw refusal("_class_name must be one of " + String.join(", ", supported) + " but is "
                    + (family.isMissingNode() ? "absent" : family.toString()));
        }
        return family.asText();
    }

    /**
     * The class of a component, a Flax class by the name of its PyTorch one; empty where the index does not name it.
     *
     * @throws ModelFolderException if code that comes with the model makes the component
     */
    Optional<String> classOf(String component) {
        JsonNode entry = index.path(component);
        if (!entry.path(1).isTextual()) {
            return Optional.empty();
        }
        String library = entry.path(0).asText();
        String name = entry.path(1).asText();
        if (!library.split("\\.")[0].equals("diffusers")) {
            throw refusal(component + " is made by " + library + '.' + name
                    + ", code that comes with the model; only classes of diffusers are supported");
        }
        return Optional.of(name.startsWith(FLAX) ? name.substring(FLAX.length()) : name);
    }

    /** Refuses a component whose own config names another class: of two networks one would be filled with wrong weights. */
    void requireAgreement(String component) {
        Path file = folder.resolve(component).resolve("config.json");
        Optional<String> named = classOf(component);
        if (named.isEmpty() || !Files.isRegularFile(file)) {
            return;
        }
        String own = ConfigFile.read(file).text("_class_name", named.get());
        if (!named.get().equals(own.startsWith(FLAX) ? own.substring(FLAX.length()) : own)) {
            throw refusal(component + " is of class " + named.get() + " but " + file + " says " + own
                    + "; correct the one that is wrong");
        }
    }

    /**
     * The scheduler as diffusers makes it from the index and {@code scheduler_config.json}.
     *
     * @throws ModelFolderException if the config cannot be read
     */
    public PipelineScheduler scheduler() {
        Path file = folder.resolve("scheduler").resolve("scheduler_config.json");
        try {
            SchedulerConfig config = SchedulerConfig.read(file);
            return PipelineScheduler.of(config, classOf("scheduler").orElse(config.className()));
        } catch (SchedulerConfigException e) {
            throw new ModelFolderException(e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelFolderException(file + " cannot be read: " + e, e);
        }
    }

    /** What the index says that no component's file says, for the model's revision. */
    String[] ownWords() {
        PipelineScheduler scheduler = scheduler();
        return scheduler.isOfOtherClass() ? new String[] {scheduler.config().className()} : new String[0];
    }

    private ModelFolderException refusal(String what) {
        return new ModelFolderException(folder.resolve(FILE) + ": " + what);
    }
}
