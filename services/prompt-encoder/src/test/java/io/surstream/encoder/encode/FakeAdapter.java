package io.surstream.encoder.encode;

import io.surstream.encoder.adapter.Adapter;
import io.surstream.encoder.adapter.PromptEmbeds;
import io.surstream.torch.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;

/** Adds λ to each number of the prompt's embeddings. */
public record FakeAdapter(String revision, float defaultWeight) implements Adapter {
    @Override
    public List<PromptEmbeds> adapt(List<PromptEmbeds> pairs, List<Float> weights) {
        List<PromptEmbeds> adapted = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            FloatTensor prompt = pairs.get(i).prompt();
            float[] moved = prompt.data().clone();
            for (int k = 0; k < moved.length; k++) {
                moved[k] += weights.get(i);
            }
            adapted.add(new PromptEmbeds(
                    new FloatTensor(prompt.shape(), moved), pairs.get(i).negativePrompt()));
        }
        return adapted;
    }
}
