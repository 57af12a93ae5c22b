package io.surstream.playground.training;

import io.surstream.playground.captions.KeywordCaptions;
import io.surstream.playground.captions.PlainCaptions;
import io.surstream.playground.captions.Split;
import io.surstream.playground.tokenizer.TokenizerFiles;
import io.surstream.playground.world.Arrangement;
import io.surstream.playground.world.Colour;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneRenderer;
import io.surstream.playground.world.SceneSpace;
import io.surstream.playground.world.Shape;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Pre-trains the text encoder as CLIP was: captions in both styles against images, matching pairs attract. Batches are
 * made of groups of near misses, so that every attribute has to be understood.
 */
final class TextEncoderStage implements TrainingStage {
    private static final List<Integer> IMAGE_CHANNELS = List.of(32, 64, 96, 128);
    private static final double KEYWORD_SHARE = 0.4;

    @Override
    public String name() {
        return "text-encoder";
    }

    @Override
    public void run(TrainingContext context) throws IOException {
        CaptionIds captions = CaptionIds.open(context.modelFolder().resolve("tokenizer"));
        var plan = context.recipe().textEncoder();
        long seed = context.recipe().seed() + 1;
        LongTensor endOfText = LongTensor.scalar(TokenizerFiles.vocabularySize() - 1L);
        FloatTensor unused = FloatTensor.scalar(0);
        try (Trainee trainee = Trainee.fresh(
                "/io/surstream/models/text/clip_text.torchscript",
                "contrastive_loss.torchscript",
                List.of(PlaygroundRecipe.TEXT_HEADS),
                8,
                plan,
                freshPair(context.recipe(), seed))) {
            context.loop(name(), plan)
                    .run(
                            trainee,
                            (step, learningRate) -> {
                                SplittableRandom random = new SplittableRandom(seed * 1_000_003L + step);
                                List<Scene> scenes = batch(plan.batch(), random);
                                return trainee.step(
                                        learningRate,
                                        images(scenes, random),
                                        captions(captions, scenes, random),
                                        endOfText,
                                        unused);
                            },
                            step -> export(context.modelFolder().resolve("text_encoder"), trainee.averagedWeights()));
        }
    }

    private static Map<String, FloatTensor> freshPair(PlaygroundRecipe recipe, long seed) {
        Map<String, FloatTensor> weights = new LinkedHashMap<>(
                recipe.freshTextEncoder(TokenizerFiles.vocabularySize()).weights(seed));
        weights.putAll(FreshImageEncoder.weights(IMAGE_CHANNELS, PlaygroundRecipe.HIDDEN_SIZE, seed));
        return weights;
    }

    /** Groups of four: a scene and three near misses; one that is held out or there already gives way to any scene. */
    private static List<Scene> batch(int size, SplittableRandom random) {
        List<Scene> training = SceneSpace.training();
        List<Scene> scenes = new ArrayList<>();
        while (scenes.size() < size) {
            Scene base = training.get(random.nextInt(training.size()));
            scenes.add(base);
            for (int i = 0; i < 3 && scenes.size() < size; i++) {
                Scene near = nearMiss(base, random);
                scenes.add(
                        SceneSpace.isHeldOut(near) || scenes.contains(near)
                                ? training.get(random.nextInt(training.size()))
                                : near);
            }
        }
        return scenes;
    }

    /** Another colour, another shape, or another count or arrangement. */
    private static Scene nearMiss(Scene s, SplittableRandom random) {
        switch (random.nextInt(5)) {
            case 0:
                return new Scene(
                        s.count(),
                        s.shape(),
                        pick(Colour.values(), random),
                        s.arrangement(),
                        s.background(),
                        s.style());
            case 1:
                return new Scene(
                        s.count(),
                        pick(Shape.values(), random),
                        s.colour(),
                        s.arrangement(),
                        s.background(),
                        s.style());
            default:
                int count = 1 + random.nextInt(Scene.MAX_COUNT);
                Arrangement arrangement = s.arrangement();
                if (!arrangement.allows(count) || random.nextBoolean()) {
                    List<Arrangement> possible = java.util.Arrays.stream(Arrangement.values())
                            .filter(a -> a.allows(count))
                            .toList();
                    arrangement = possible.get(random.nextInt(possible.size()));
                }
                return new Scene(count, s.shape(), s.colour(), arrangement, s.background(), s.style());
        }
    }

    private static <T> T pick(T[] values, SplittableRandom random) {
        return values[random.nextInt(values.length)];
    }

    private static FloatTensor images(List<Scene> scenes, SplittableRandom random) {
        byte[][] pixels = new byte[scenes.size()][];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = SceneRenderer.render(scenes.get(i), random.nextLong());
        }
        return SceneSet.toTensor(pixels);
    }

    private static LongTensor captions(CaptionIds ids, List<Scene> scenes, SplittableRandom random) {
        List<String> texts = new ArrayList<>();
        for (Scene scene : scenes) {
            long seed = random.nextLong();
            texts.add(
                    random.nextDouble() < KEYWORD_SHARE
                            ? KeywordCaptions.varied(scene, seed)
                            : random.nextDouble() < 0.7
                                    ? PlainCaptions.of(scene, seed, Split.TRAIN)
                                    : PlainCaptions.partial(scene, seed, Split.TRAIN));
        }
        return ids.shortest(texts);
    }

    private static void export(Path folder, Map<String, FloatTensor> weights) throws IOException {
        Map<String, FloatTensor> text = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> {
            if (name.startsWith("text_model.")) {
                text.put(name, tensor);
            }
        });
        ModelFiles.textEncoderConfig(folder, TokenizerFiles.vocabularySize());
        ModelFiles.weights(folder.resolve("model.safetensors"), text);
    }
}
