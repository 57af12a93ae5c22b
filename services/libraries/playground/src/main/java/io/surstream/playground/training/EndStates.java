package io.surstream.playground.training;

import io.surstream.models.text.CLIPTextModel;
import io.surstream.torch.tensor.FloatTensor;
import java.util.List;

/** The text encoder's states at the end token, where a caption is pooled. Owned by one thread; closes the encoder. */
record EndStates(CaptionIds captions, CLIPTextModel encoder) implements AutoCloseable {
    /** [B,E] in the order of the captions. */
    FloatTensor of(List<String> texts) {
        FloatTensor states = encoder.forward(captions.shortest(texts)); // [B,S,E]
        int positions = (int) states.shape()[1];
        int width = (int) states.shape()[2];
        float[] ends = new float[texts.size() * width];
        for (int b = 0; b < texts.size(); b++) {
            int end = captions.ids(texts.get(b)).length - 1;
            System.arraycopy(states.data(), (b * positions + end) * width, ends, b * width, width);
        }
        return FloatTensor.of(ends, texts.size(), width);
    }

    /** [E]. */
    FloatTensor mean(List<String> texts) {
        FloatTensor ends = of(texts);
        int width = (int) ends.shape()[1];
        float[] mean = new float[width];
        for (int i = 0; i < ends.size(); i++) {
            mean[i % width] += ends.data()[i] / texts.size();
        }
        return FloatTensor.of(mean, width);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
