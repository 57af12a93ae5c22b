package io.surstream.playground.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.surstream.models.initialization.FreshLlama;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The playground model's JSON files, in diffusers' and transformers' spelling. */
final class ModelFiles {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static final double ROPE_THETA = 10_000;
    private static final int TEACHER_POSITIONS = 128;

    static final String DIFFUSION_WEIGHTS = "diffusion_pytorch_model.safetensors";

    private ModelFiles() {}

    /** Half-precision safetensors, replaced in one move so that a reader never sees half a file. */
    static void weights(Path file, Map<String, FloatTensor> weights) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        SafetensorsWriter.write(partial, weights, Map.of("format", "pt"), DType.FP16);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void modelIndex(Path folder) throws IOException {
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("_class_name", "StableDiffusionPipeline");
        index.put("scheduler", List.of("diffusers", "DDIMScheduler"));
        index.put("text_encoder", List.of("transformers", "CLIPTextModel"));
        index.put("tokenizer", List.of("transformers", "CLIPTokenizer"));
        index.put("unet", List.of("diffusers", "UNet2DConditionModel"));
        index.put("vae", List.of("diffusers", "AutoencoderKL"));
        write(folder.resolve("model_index.json"), index);
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("height", 64);
        defaults.put("width", 64);
        defaults.put("num_inference_steps", 20);
        defaults.put("guidance_scale", 1.5);
        defaults.put("scheduler", "ddim");
        write(folder.resolve("surstream.json"), defaults);
    }

    static void schedulerConfig(Path folder) throws IOException {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("_class_name", "DDIMScheduler");
        config.put("num_train_timesteps", NoiseLevels.TRAIN_TIMESTEPS);
        config.put("beta_start", NoiseLevels.BETA_START);
        config.put("beta_end", NoiseLevels.BETA_END);
        config.put("beta_schedule", "scaled_linear");
        config.put("prediction_type", "v_prediction");
        config.put("timestep_spacing", "trailing");
        config.put("clip_sample", false);
        config.put("set_alpha_to_one", true);
        config.put("steps_offset", 0);
        write(folder.resolve("scheduler_config.json"), config);
    }

    static void textEncoderConfig(Path folder, int vocabSize) throws IOException {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("CLIPTextModel"));
        config.put("model_type", "clip_text_model");
        config.put("vocab_size", vocabSize);
        config.put("hidden_size", PlaygroundRecipe.HIDDEN_SIZE);
        config.put("intermediate_size", PlaygroundRecipe.INTERMEDIATE_SIZE);
        config.put("num_hidden_layers", PlaygroundRecipe.TEXT_LAYERS);
        config.put("num_attention_heads", PlaygroundRecipe.TEXT_HEADS);
        config.put("max_position_embeddings", PlaygroundRecipe.MAX_POSITION_EMBEDDINGS);
        config.put("projection_dim", PlaygroundRecipe.HIDDEN_SIZE);
        config.put("hidden_act", "quick_gelu");
        config.put("layer_norm_eps", 1e-5);
        config.put("bos_token_id", vocabSize - 2);
        config.put("eos_token_id", vocabSize - 1);
        config.put("pad_token_id", vocabSize - 1);
        config.put("torch_dtype", "float16");
        write(folder.resolve("config.json"), config);
    }

    static void autoencoderConfig(Path folder) throws IOException {
        int levels = PlaygroundRecipe.VAE_CHANNELS.size();
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("_class_name", "AutoencoderKL");
        config.put("act_fn", "silu");
        config.put("in_channels", 3);
        config.put("out_channels", 3);
        config.put("latent_channels", PlaygroundRecipe.LATENT_CHANNELS);
        config.put("block_out_channels", PlaygroundRecipe.VAE_CHANNELS);
        config.put("layers_per_block", 1);
        config.put("down_block_types", java.util.Collections.nCopies(levels, "DownEncoderBlock2D"));
        config.put("up_block_types", java.util.Collections.nCopies(levels, "UpDecoderBlock2D"));
        config.put("mid_block_add_attention", false);
        config.put("norm_num_groups", PlaygroundRecipe.VAE_GROUPS);
        config.put("sample_size", 64);
        config.put("scaling_factor", 1.0);
        write(folder.resolve("config.json"), config);
    }

    static void unetConfig(Path folder) throws IOException {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("_class_name", "UNet2DConditionModel");
        config.put("act_fn", "silu");
        config.put("attention_head_dim", PlaygroundRecipe.UNET_HEADS);
        config.put("block_out_channels", PlaygroundRecipe.UNET_CHANNELS);
        config.put("center_input_sample", false);
        config.put("cross_attention_dim", PlaygroundRecipe.HIDDEN_SIZE);
        config.put("down_block_types", List.of("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"));
        config.put("up_block_types", List.of("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"));
        config.put("downsample_padding", 1);
        config.put("flip_sin_to_cos", true);
        config.put("freq_shift", 0);
        config.put("in_channels", PlaygroundRecipe.LATENT_CHANNELS);
        config.put("out_channels", PlaygroundRecipe.LATENT_CHANNELS);
        config.put("layers_per_block", 1);
        config.put("mid_block_scale_factor", 1);
        config.put("norm_eps", 1e-5);
        config.put("norm_num_groups", PlaygroundRecipe.UNET_GROUPS);
        config.put("sample_size", PlaygroundRecipe.LATENT_SIZE);
        write(folder.resolve("config.json"), config);
    }

    static void teacherConfig(Path folder, FreshLlama shape) throws IOException {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("LlamaForCausalLM"));
        config.put("model_type", "llama");
        config.put("vocab_size", shape.vocabSize());
        config.put("hidden_size", shape.hiddenSize());
        config.put("intermediate_size", shape.intermediateSize());
        config.put("num_hidden_layers", shape.layers());
        config.put("num_attention_heads", shape.heads());
        config.put("num_key_value_heads", shape.keyValueHeads());
        config.put("max_position_embeddings", TEACHER_POSITIONS);
        config.put("rms_norm_eps", 1e-5);
        config.put("rope_theta", ROPE_THETA);
        config.put("hidden_act", "silu");
        config.put("tie_word_embeddings", true);
        config.put("bos_token_id", shape.vocabSize() - 2);
        config.put("eos_token_id", shape.vocabSize() - 1);
        config.put("torch_dtype", "float16");
        write(folder.resolve("config.json"), config);
    }

    private static void write(Path file, Map<String, Object> content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writeValueAsString(content) + "\n");
    }
}
