package io.surstream.playground.training;

import io.surstream.models.initialization.FreshWeights;
import io.surstream.torch.tensor.FloatTensor;
import java.util.List;
import java.util.Map;

/** Starting values of the image side of the contrastive pre-training and of what joins the two sides. */
final class FreshImageEncoder {
    private FreshImageEncoder() {}

    static Map<String, FloatTensor> weights(List<Integer> channels, int width, long seed) {
        FreshWeights w = new FreshWeights(seed);
        int in = 3;
        int size = 64;
        for (int i = 0; i < channels.size(); i++) {
            int out = channels.get(i);
            w.conv("image.convs." + i, in, out, 3).norm("image.norms." + i, out);
            in = out;
            size /= 2;
        }
        w.linear("image.projection", in * size * size, width);
        w.linearWithoutBias("text_projection", width, width);
        Map<String, FloatTensor> weights = w.toMap();
        // temperature 0.07, as CLIP's
        weights.put("logit_scale", FloatTensor.scalar((float) Math.log(1 / 0.07)));
        return weights;
    }
}
