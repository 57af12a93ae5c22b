package io.surstream.playground.training;

import io.surstream.models.tokenizer.ClipTokenizer;
import io.surstream.torch.tensor.LongTensor;
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
        return padded(captions.stream().map(this::ids).toList());
    }

    /** [B,40]: as the UNet will see them. */
    LongTensor full(List<String> captions) {
        return padded(captions.stream().map(this::ids).toList(), PlaygroundRecipe.MAX_POSITION_EMBEDDINGS);
    }

    /** [B,S] of rows that end with the end token, each filled up with it. */
    static LongTensor padded(List<long[]> rows) {
        return padded(rows, rows.stream().mapToInt(row -> row.length).max().orElseThrow());
    }

    private static LongTensor padded(List<long[]> rows, int length) {
        long[] ids = new long[rows.size() * length];
        for (int b = 0; b < rows.size(); b++) {
            long[] row = rows.get(b);
            for (int s = 0; s < length; s++) {
                ids[b * length + s] = row[Math.min(s, row.length - 1)];
            }
        }
        return LongTensor.of(ids, rows.size(), length);
    }

    /** One caption between start and end token. */
    long[] ids(String caption) {
        long[] ids = tokenizer.encode(caption);
        if (ids.length > PlaygroundRecipe.MAX_POSITION_EMBEDDINGS) {
            throw new IllegalStateException("caption of " + ids.length + " tokens, at most "
                    + PlaygroundRecipe.MAX_POSITION_EMBEDDINGS + ": " + caption);
        }
        return ids;
    }
}
