package io.surstream.models.pipeline;

import io.surstream.models.ConfigFile;
import io.surstream.models.ModelFolder;
import io.surstream.models.adapter.SurAdapter;
import io.surstream.models.text.CLIPTextModel;
import io.surstream.models.text.ClipTextConfig;
import io.surstream.models.tokenizer.ClipTokenizer;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prompts to text states: tokenizer, frozen CLIP text encoder and, where asked for, a SUR-adapter. Shapes: L token positions of
 * the encoder's window, d its width. Each prompt is encoded by itself, so that what else is asked for at the same time never
 * changes it. Thread-safe.
 */
public final class PromptEmbedder implements AutoCloseable {
    private final ClipTokenizer tokenizer;
    private final CLIPTextModel encoder;
    private final int window;

    /** Takes the encoder over; {@link #close} frees it. */
    public PromptEmbedder(ClipTokenizer tokenizer, CLIPTextModel encoder) {
        this.tokenizer = tokenizer;
        this.encoder = encoder;
        this.window = Math.min(tokenizer.maxLength(), encoder.config().maxPositions());
    }

    public static PromptEmbedder load(ModelFolder model, DType dtype, TorchDevice device) {
        return new PromptEmbedder(
                ClipTokenizer.load(model.component("tokenizer")),
                CLIPTextModel.load(model.component("text_encoder"), dtype, device));
    }

    /** L of a model that is not loaded: most tokens of one prompt, start and end included. */
    public static int windowOf(ModelFolder model) {
        int positions = ClipTextConfig.from(
                        ConfigFile.read(model.component("text_encoder").resolve("config.json")))
                .maxPositions();
        return Math.min(ClipTokenizer.load(model.component("tokenizer")).maxLength(), positions);
    }

    public ClipTokenizer tokenizer() {
        return tokenizer;
    }

    /** L: most tokens of one prompt, start and end included. */
    public int window() {
        return window;
    }

    /** d. */
    public int width() {
        return encoder.config().hiddenSize();
    }

    /** Tokens that do not fit into the window; 0 when all do. */
    public int overlong(String prompt) {
        return Math.max(0, tokenizer.count(prompt) - window);
    }

    /** Cuts a prompt that is longer than the window and says by how much. */
    public EmbeddedPrompt embed(String prompt) {
        ClipTokenizer.Window tokens = tokenizer.window(prompt, window);
        return new EmbeddedPrompt(encode(LongTensor.of(tokens.ids(), 1, window)), tokens.overlong());
    }

    /** @param inputIds [B,L], each row encoded by itself; returns the last hidden states [B,L,d] */
    public FloatTensor encode(LongTensor inputIds) {
        int rows = (int) inputIds.shape()[0];
        int length = (int) inputIds.shape()[1];
        List<FloatTensor> states = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            long[] ids = Arrays.copyOfRange(inputIds.data(), row * length, (row + 1) * length);
            states.add(encoder.forward(LongTensor.of(ids, 1, length)));
        }
        return Rows.joined(states);
    }

    /**
     * A pair through an adapter, as it goes into the UNet.
     *
     * @param negative [1,L,d]
     * @param prompt [1,L,d]
     * @param adapterWeight λ
     * @param both also adapt the negative prompt, as the published code does
     * @return negative and prompt, each [1,L,d]
     */
    public static List<FloatTensor> adapt(
            SurAdapter adapter, FloatTensor negative, FloatTensor prompt, double adapterWeight, boolean both) {
        if (!both) {
            return List.of(negative, adapter.forward(prompt, adapterWeight));
        }
        // in the reference layout the two rows of a pair see each other
        FloatTensor pair = adapter.forward(Rows.joined(negative, prompt), adapterWeight);
        return Rows.cut(pair, 2);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
