package io.surstream.encoder.encode;

import io.surstream.torch.tensor.FloatTensor;
import java.util.List;

/** Tokenizer and frozen text encoder, as this service sees them. Thread-safe. */
public interface TextEncoding {
    /** Names the base model's weights. */
    String modelRevision();

    /** Cuts a text that is longer than the window and says by how much. */
    Tokens tokenize(String text);

    /** Last hidden states [1, L, d], one for each element, in order. */
    List<FloatTensor> encode(List<Tokens> texts);

    /**
     * @param inputIds [L] with start and end tokens, padded to the window
     * @param truncated tokens that did not fit, 0 when all did
     */
    record Tokens(long[] inputIds, int truncated) {}
}
