package io.surstream.playground.training;

import io.surstream.models.tokenizer.ClipTokenizer;
import io.surstream.torch.LongTensor;
import java.nio.file.Path;
import java.util.List;

/** Captions as token ids for a batch. */
final class CaptionIds {
    private final ClipTokenizer tokenizer;

    private CaptionIds(ClipTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    static CaptionIds open(Path folder) {
        return new CaptionIds(ClipTokenizer.load(folder));
    }

    /** [B,S] with S the longest caption's: enough where only the state at the end token counts, for attention is causal. */
    LongTensor shortest(List<String> captions) {
        return pad(
                captions, captions.stream().mapToInt(c -> ids(c).length).max().orElse(2));
    }

    /** [B,40]: as the UNet will see them. */
    LongTensor full(List<String> captions) {
        return pad(captions, PlaygroundRecipe.MAX_POSITION_EMBEDDINGS);
    }

    private LongTensor pad(List<String> captions, int length) {
        long[] ids = new long[captions.size() * length];
        for (int b = 0; b < captions.size(); b++) {
            long[] tokens = ids(captions.get(b));
            for (int s = 0; s < length; s++) {
                ids[b * length + s] = tokens[Math.min(s, tokens.length - 1)];
            }
        }
        return LongTensor.of(ids, captions.size(), length);
    }

    private long[] ids(String caption) {
        long[] ids = tokenizer.encode(caption);
        if (ids.length > PlaygroundRecipe.MAX_POSITION_EMBEDDINGS) {
            throw new IllegalStateException("caption of " + ids.length + " tokens, at most "
                    + PlaygroundRecipe.MAX_POSITION_EMBEDDINGS + ": " + caption);
        }
        return ids;
    }
}
