package io.surstream.playground.training;

import io.surstream.models.initialization.FreshAutoencoder;
import io.surstream.models.initialization.FreshLlama;
import io.surstream.models.initialization.FreshTextEncoder;
import io.surstream.models.initialization.FreshUNet;
import java.util.List;

/**
 * Every number that decides what the playground model becomes. Two runs with the same recipe see the same images,
 * captions and noise in the same order.
 *
 * @param scenes images rendered once for the autoencoder and the UNet
 */
public record PlaygroundRecipe(
        long seed,
        int scenes,
        LearningPlan textEncoder,
        LearningPlan vocabulary,
        LearningPlan autoencoder,
        LearningPlan decoder,
        LearningPlan unet,
        LearningPlan unetRefinement,
        LearningPlan teacher) {

    static final int LATENT_CHANNELS = 4;
    static final int LATENT_SIZE = 16;
    static final int MAX_POSITION_EMBEDDINGS = 40;
    static final int HIDDEN_SIZE = 128;
    static final int INTERMEDIATE_SIZE = 512;
    static final int TEXT_LAYERS = 3;
    static final int TEXT_HEADS = 4;
    static final List<Integer> VAE_CHANNELS = List.of(16, 32, 64);
    static final int VAE_GROUPS = 8;
    static final List<Integer> UNET_CHANNELS = List.of(32, 64, 128);
    static final List<Boolean> UNET_CROSS_ATTENTION = List.of(false, true, true);
    static final List<Integer> UNET_HEADS = List.of(2, 4, 4);
    static final int UNET_GROUPS = 8;

    /** What the bundled model was trained with. */
    public static PlaygroundRecipe bundled() {
        return new PlaygroundRecipe(
                7,
                24_000,
                new LearningPlan(1_100, 96, 1e-3, 100, 0.98, 0.05, 0.99),
                new LearningPlan(60, 96, 2e-3, 20, 0.98, 0, 0),
                new LearningPlan(1_000, 12, 2e-3, 50, 0.99, 0, 0.995),
                new LearningPlan(1_500, 12, 1e-3, 50, 0.99, 0, 0.995),
                new LearningPlan(13_500, 16, 8e-4, 200, 0.99, 0.01, 0.999),
                new LearningPlan(7_000, 16, 5e-4, 200, 0.99, 0.01, 0.9995),
                new LearningPlan(2_500, 48, 5e-4, 100, 0.98, 0.05, 0.99));
    }

    static FreshLlama freshTeacher(int vocabSize) {
        return new FreshLlama(vocabSize, 192, 512, 4, 6, 3);
    }

    FreshTextEncoder freshTextEncoder(int vocabSize) {
        return new FreshTextEncoder(vocabSize, MAX_POSITION_EMBEDDINGS, HIDDEN_SIZE, INTERMEDIATE_SIZE, TEXT_LAYERS);
    }

    FreshAutoencoder freshAutoencoder() {
        return new FreshAutoencoder(3, LATENT_CHANNELS, VAE_CHANNELS, 1);
    }

    FreshUNet freshUNet() {
        return new FreshUNet(LATENT_CHANNELS, LATENT_CHANNELS, UNET_CHANNELS, UNET_CROSS_ATTENTION, 1, HIDDEN_SIZE);
    }

    /**
     * How long and how fast one network learns: linear warm-up to the peak rate, then a cosine down to a fiftieth of it.
     *
     * @param batch examples a step
     * @param learningRate the peak
     * @param beta2 AdamW's second decay; the first is 0.9
     * @param emaDecay of the averaged parameters that are kept in the end
     */
    public record LearningPlan(
            int steps,
            int batch,
            double learningRate,
            int warmUpSteps,
            double beta2,
            double weightDecay,
            double emaDecay) {

        /** The rate of a step, counted from 1. */
        public double learningRateAt(int step) {
            if (step <= warmUpSteps) {
                return learningRate * step / warmUpSteps;
            }
            double progress = (double) (step - warmUpSteps) / Math.max(1, steps - warmUpSteps);
            double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
            return learningRate * (0.02 + 0.98 * cosine);
        }
    }
}
