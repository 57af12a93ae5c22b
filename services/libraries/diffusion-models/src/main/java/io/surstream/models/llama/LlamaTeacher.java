package io.surstream.models.llama;

import io.surstream.models.llama.TeacherRefusedException.Reason;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A language model that says what it makes of prompts: the hidden state of one layer, pooled. Layers are numbered as in
 * transformers' {@code hidden_states}: 0 the embeddings, k the output of block k, the last one through the final norm.
 * Prompts run in batches of like length. What else is in a batch changes a result by rounding only: on the models
 * of the tests, in fp32 by less than 1e-5 of the vector's largest number, in bf16 by less than 3e-2 of it. Instances are
 * safe for many threads; {@code close} frees native memory. Shapes: W {@code hidden_size}.
 */
public final class LlamaTeacher implements AutoCloseable {
    /** Tokens of one forward, padding included, where nobody chooses. */
    public static final int TOKEN_BUDGET = 4096;

    private static final int SHOWN = 60;

    private final TeacherFolder folder;
    private final LlamaModel model;
    private final LanguageTokenizer tokenizer;
    private final int tokenBudget;

    private LlamaTeacher(TeacherFolder folder, LlamaModel model, LanguageTokenizer tokenizer, int tokenBudget) {
        this.folder = folder;
        this.model = model;
        this.tokenizer = tokenizer;
        this.tokenBudget = tokenBudget;
    }

    /** As {@link #load(TeacherFolder, int, int, DType, TorchDevice)} with every layer and the usual token budget. */
    public static LlamaTeacher load(TeacherFolder folder, DType dtype, TorchDevice device) {
        return load(folder, folder.layers(), TOKEN_BUDGET, dtype, device);
    }

    /**
     * @param depth the deepest layer that will be asked for; weights behind it are not loaded
     * @param tokenBudget tokens of one forward, padding included; it bounds memory, and no prompt may be longer
     * @throws io.surstream.models.ModelException if weights or tokenizer do not fit the config
     */
    public static LlamaTeacher load(TeacherFolder folder, int depth, int tokenBudget, DType dtype, TorchDevice device) {
        if (depth < 0 || depth > folder.layers()) {
            throw unknownLayer(depth, folder.layers(), "the teacher " + folder.name());
        }
        LanguageTokenizer tokenizer = folder.tokenizer();
        try {
            LlamaModel model = LlamaModel.load(folder.path(), folder.config(), depth, dtype, device);
            return new LlamaTeacher(folder, model, tokenizer, tokenBudget);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    public TeacherFolder folder() {
        return folder;
    }

    /** The deepest layer that can be asked for. */
    public int depth() {
        return model.depth();
    }

    /** Numbers in one token's state. */
    public int width() {
        return folder.config().hiddenSize();
    }

    /** Most tokens that a prompt may have: what the model reads, and what one forward may hold. */
    public int tokenLimit() {
        return Math.min(folder.config().window(), tokenBudget);
    }

    /** @throws TeacherRefusedException if the prompt is blank, or has more than {@link #tokenLimit} tokens */
    public TeacherPrompt prompt(String text) {
        if (text.isBlank()) {
            throw new TeacherRefusedException(
                    Reason.PROMPT_EMPTY, text, "at least one letter", "prompt is empty; it needs at least one letter");
        }
        long[] ids = tokenizer.encode(text);
        if (ids.length == 0) {
            throw new TeacherRefusedException(
                    Reason.PROMPT_EMPTY,
                    shown(text),
                    "at least one token",
                    "prompt has no token that the teacher " + folder.name() + " knows");
        }
        if (ids.length > tokenLimit()) {
            throw new TeacherRefusedException(
                    Reason.PROMPT_TOO_LONG,
                    shown(text),
                    tokenLimit() + " tokens",
                    "prompt has " + ids.length + " tokens but the teacher " + folder.name() + " reads at most "
                            + tokenLimit() + "; shorten it");
        }
        return new TeacherPrompt(text, ids);
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** {@link #prompt} and {@link #embed} for texts; the first one that is refused ends it. */
    public List<FloatTensor> embedTexts(List<String> texts, int layer, Pooling pooling) {
        return embed(texts.stream().map(this::prompt).toList(), layer, pooling);
    }

    /**
     * @param layer 0 to {@link #depth}
     * @return for each prompt, in their order, [W], or [tokens,W] where nothing is pooled
     * @throws TeacherRefusedException if there is no such layer, or it was not loaded
     */
    public List<FloatTensor> embed(List<TeacherPrompt> prompts, int layer, Pooling pooling) {
        checkLayer(layer);
        FloatTensor[] embeddings = new FloatTensor[prompts.size()];
        List<Integer> lengths = prompts.stream().map(TeacherPrompt::tokens).toList();
        for (List<Integer> batch : TokenBatches.of(lengths, tokenBudget)) {
            List<FloatTensor> states = forward(batch.stream().map(prompts::get).toList(), layer, pooling);
            for (int i = 0; i < batch.size(); i++) {
                embeddings[batch.get(i)] = states.get(i);
            }
        }
        return Collections.unmodifiableList(Arrays.asList(embeddings));
    }

    /** @throws TeacherRefusedException if there is no such layer, or it was not loaded */
    public void checkLayer(int layer) {
        if (layer < 0 || layer > depth()) {
            String who = "the teacher " + folder.name();
            throw unknownLayer(layer, depth(), depth() < folder.layers() ? "what is loaded of " + who : who);
        }
    }

    private static TeacherRefusedException unknownLayer(int layer, int limit, String who) {
        return new TeacherRefusedException(
                Reason.UNKNOWN_LAYER,
                String.valueOf(layer),
                "0.." + limit,
                "layer " + layer + " is not one of " + who + ", which has layers 0.." + limit);
    }

    private List<FloatTensor> forward(List<TeacherPrompt> prompts, int layer, Pooling pooling) {
        int rows = prompts.size();
        int longest = prompts.stream().mapToInt(TeacherPrompt::tokens).max().orElseThrow();
        LongTensor ids = LongTensor.zeros(rows, longest); // padding is never seen: attention is causal
        LongTensor lengths = LongTensor.zeros(rows);
        for (int i = 0; i < rows; i++) {
            TeacherPrompt prompt = prompts.get(i);
            System.arraycopy(prompt.ids(), 0, ids.data(), i * longest, prompt.tokens());
            lengths.data()[i] = prompt.tokens();
        }
        FloatTensor states =
                switch (pooling) {
                    case LAST -> model.last(ids, lengths, layer);
                    case MEAN -> model.mean(ids, lengths, layer);
                    case TOKENS -> model.layer(ids, layer);
                };
        return IntStream.range(0, rows)
                .mapToObj(i -> row(states, i, prompts.get(i).tokens(), pooling))
                .toList();
    }

    private FloatTensor row(FloatTensor states, int index, int tokens, Pooling pooling) {
        int stride = states.size() / (int) states.shape()[0];
        int from = index * stride;
        return pooling == Pooling.TOKENS
                ? FloatTensor.of(Arrays.copyOfRange(states.data(), from, from + tokens * width()), tokens, width())
                : FloatTensor.of(Arrays.copyOfRange(states.data(), from, from + stride), width());
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}
