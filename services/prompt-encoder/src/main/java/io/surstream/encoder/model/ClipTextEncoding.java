package io.surstream.encoder.model;

import io.surstream.encoder.encode.TextEncoding;
import io.surstream.models.pipeline.PromptEmbedder;
import io.surstream.models.tokenizer.ClipTokenizer;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import java.util.List;

/**
 * A base model's own tokenizer and text encoder. Shapes: L positions of the window, d width of the text encoder.
 *
 * @param embedder closed by its loader
 */
public record ClipTextEncoding(String modelRevision, PromptEmbedder embedder) implements TextEncoding {
    @Override
    public Tokens tokenize(String text) {
        ClipTokenizer.Window tokens = embedder.tokenizer().window(text, embedder.window());
        return new Tokens(tokens.ids(), tokens.overlong());
    }

    @Override
    public List<FloatTensor> encode(List<Tokens> texts) {
        // Each [1,L] → [1,L,d]: what else is in the batch never matters, to the last bit.
        return texts.stream()
                .map(text -> embedder.encode(LongTensor.of(text.inputIds(), 1, text.inputIds().length)))
                .toList();
    }
}
