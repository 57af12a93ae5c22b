package io.surstream.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which files make a model of a kind, so that only those are fetched and a half-fetched one is distinguished from a
 * complete one.
 */
public enum ModelLayout {
    /** A pipeline: {@code model_index.json} and one folder per component. */
    DIFFUSERS("model_index.json") {
        @Override
        public boolean wants(String file) {
            String[] parts = file.split("/");
            if (parts.length == 1) {
                return file.equals(index()) || file.equals("surstream.json");
            }
            if (parts.length != 2 || !FOLDERS.contains(parts[0])) {
                return false;
            }
            String name = parts[1];
            return isSafetensors(name)
                    ? holdsWeights(name)
                    : name.endsWith(".json") && !name.endsWith(".bin.index.json") || name.equals("merges.txt");
        }

        @Override
        public boolean isWhole(Path folder) {
            return Files.isRegularFile(folder.resolve(index()))
                    && FOLDERS.stream().allMatch(component -> Files.isDirectory(folder.resolve(component)));
        }
    },
    /** One language model: {@code config.json}, {@code tokenizer.json} and safetensors, single or sharded, in one folder. */
    TRANSFORMERS("config.json") {
        @Override
        public boolean wants(String file) {
            return file.equals(index()) || file.equals("tokenizer.json") || isSafetensors(file) && holdsWeights(file);
        }

        @Override
        public boolean isWhole(Path folder) {
            return Files.isRegularFile(folder.resolve(index()))
                    && Files.isRegularFile(folder.resolve("tokenizer.json"))
                    && (Files.isRegularFile(folder.resolve("model.safetensors"))
                            || Files.isRegularFile(folder.resolve("model.safetensors.index.json")));
        }
    };

    private static final Set<String> FOLDERS = Set.of("tokenizer", "text_encoder", "unet", "vae", "scheduler");
    private static final Set<String> WEIGHTS = Set.of("model", "diffusion_pytorch_model");
    private static final Pattern SHARD = Pattern.compile("(.+)-\\d{5}-of-\\d{5}");

    private final String index;

    ModelLayout(String index) {
        this.index = index;
    }

    /** The file that every model of this layout has; fetched last. */
    public String index() {
        return index;
    }

    /** Configs, tokenizer and safetensors that we load; other formats and variants stay where they are. */
    public abstract boolean wants(String file);

    /** Whether nothing that is needed to begin with is missing in a folder that another tool may have filled. */
    public abstract boolean isWhole(Path folder);

    private static boolean isSafetensors(String name) {
        return name.endsWith(".safetensors") || name.endsWith(".safetensors.index.json");
    }

    private static boolean holdsWeights(String name) {
        String base = name.substring(0, name.indexOf(".safetensors"));
        Matcher shard = SHARD.matcher(base);
        return WEIGHTS.contains(shard.matches() ? shard.group(1) : base);
    }
}
