package io.surstream.models.llama;

import io.surstream.models.ConfigFile;
import io.surstream.models.LocatedModel;
import io.surstream.models.ModelException;
import io.surstream.models.ModelFolderException;
import io.surstream.models.ModelLayout;
import io.surstream.models.ModelRevision;
import io.surstream.models.hub.ModelResolver;
import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.TorchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A language model on disk in transformers layout: {@code config.json}, {@code tokenizer.json}, {@code model.safetensors}
 * or {@code model.safetensors.index.json} with its shards. Opening reads the config, hashes the files and loads no weights.
 *
 * @param path the folder
 * @param name how the teacher is called in records, for example {@code owner/name}
 * @param revision identity of config, tokenizer and weights: equal for equal teachers wherever they lie
 */
public record TeacherFolder(Path path, String name, String revision, LlamaConfig config) {
    private static final String CONFIG = "config.json";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String SHARDS = WEIGHTS + ".index.json";

    /**
     * From a reference: {@code playground} (the bundled teacher), a folder, {@code s3://…} or {@code hf://…}.
     *
     * @throws ModelException if it leads nowhere, or to something that is no language model we can run
     */
    public static TeacherFolder resolve(ModelResolver resolver, String reference) {
        LocatedModel located = resolver.locate(reference, ModelLayout.TRANSFORMERS);
        return open(located.path(), located.name());
    }

    /** As {@link #open(Path, String)}, under the folder's own name. */
    public static TeacherFolder open(Path path) {
        return open(path, String.valueOf(path.toAbsolutePath().normalize().getFileName()));
    }

    /**
     * @param name how the teacher is to be called in records
     * @throws ModelException if the folder lacks a file, or its config asks for something unsupported
     */
    public static TeacherFolder open(Path path, String name) {
        if (!Files.isDirectory(path)) {
            throw new ModelFolderException("teacher folder " + path + " does not exist");
        }
        List<String> missing = new ArrayList<>(Stream.of(CONFIG, TOKENIZER)
                .filter(file -> !Files.isRegularFile(path.resolve(file)))
                .toList());
        if (Stream.of(WEIGHTS, SHARDS).noneMatch(file -> Files.isRegularFile(path.resolve(file)))) {
            missing.add(WEIGHTS + " (or " + SHARDS + ")");
        }
        if (!missing.isEmpty()) {
            throw new ModelFolderException("teacher folder " + path + " lacks " + String.join(", ", missing)
                    + "; point at a language model in transformers layout");
        }
        LlamaConfig config = LlamaConfig.from(ConfigFile.read(path.resolve(CONFIG)));
        try {
            return new TeacherFolder(path, name, ModelRevision.of(path, parts(path)), config);
        } catch (IOException | TorchException e) {
            throw new ModelFolderException("teacher folder " + path + " cannot be read: " + e, e);
        }
    }

    private static List<String> parts(Path path) {
        List<String> parts = new ArrayList<>(List.of(CONFIG, TOKENIZER));
        for (Path file : Checkpoint.files(path)) {
            parts.add(path.relativize(file).toString());
        }
        return parts;
    }

    /** Number of layers: hidden states are 0 (embeddings) to this. */
    public int layers() {
        return config.layers();
    }

    /** The layer that is taken where nobody chooses: the last but one, as in the paper's best teacher (39 of 40). */
    public int usualLayer() {
        return Math.max(1, layers() - 1);
    }

    /** Opens the tokenizer. The caller closes it. */
    public LanguageTokenizer tokenizer() {
        return JsonTokenizer.open(path.resolve(TOKENIZER));
    }
}
