package io.surstream.models;

import io.surstream.torch.ScriptSource;
import java.util.stream.Stream;

/**
 * The networks as script source, each complete with the layers it calls. Training scripts join their own functions to
 * one of these: every network's forward is a plain function of its weights, through which gradients flow.
 */
public final class NetworkScripts {
    private static final String LAYERS = "layers.torchscript";

    private NetworkScripts() {}

    /** {@code __torch__.clip_text} and class {@code CLIPTextModel}. */
    public static ScriptSource clipText() {
        return of("text/clip_text.torchscript");
    }

    /** {@code __torch__.unet} and class {@code UNet2DConditionModel}. */
    public static ScriptSource unet() {
        return of("unet/unet.torchscript");
    }

    /** {@code __torch__.vae_encode}, {@code __torch__.vae_decode} and class {@code AutoencoderKL}. */
    public static ScriptSource autoencoderKl() {
        return of("vae/vae.torchscript");
    }

    /** {@code __torch__.tiny_vae_encode}, {@code __torch__.tiny_vae_decode} and class {@code AutoencoderTiny}. */
    public static ScriptSource autoencoderTiny() {
        return of("vae/tiny_vae.torchscript");
    }

    /** {@code __torch__.sur_adapter} and class {@code SurAdapter}. */
    public static ScriptSource surAdapter() {
        return of("adapter/sur_adapter.torchscript");
    }

    /** {@code __torch__.llama_states}, {@code __torch__.llama_state} and class {@code LlamaModel}. */
    public static ScriptSource llama() {
        return of("llama/llama.torchscript");
    }

    /** Classes {@code SurLosses} and {@code SurTraining}, with the UNet's and the adapter's functions. */
    public static ScriptSource surTraining() {
        return of("unet/unet.torchscript", "adapter/sur_adapter.torchscript", "adapter/sur_training.torchscript");
    }

    private static ScriptSource of(String... networks) {
        String[] resources =
                Stream.concat(Stream.of(LAYERS), Stream.of(networks)).toArray(String[]::new);
        return ScriptSource.ofResources(NetworkScripts.class, resources);
    }
}
