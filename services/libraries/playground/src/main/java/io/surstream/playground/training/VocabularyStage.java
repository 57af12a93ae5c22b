package io.surstream.playground.training;

import io.surstream.models.text.CLIPTextModel;
import io.surstream.playground.captions.KeywordCaptions;
import io.surstream.playground.captions.PlainCaptions;
import io.surstream.playground.captions.Split;
import io.surstream.playground.tokenizer.TokenizerFiles;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneSpace;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Widens the text encoder's vocabulary: the embeddings of words that no keyword caption has learn, from sentences of the
 * wider language, to lead to their scene's keywords. Nothing else changes, so the states of keyword captions, which are
 * all that the UNet ever reads, stay the same to the last bit.
 */
final class VocabularyStage implements TrainingStage {
    private static final String EMBEDDINGS = "text_model.embeddings.token_embedding.weight";
    private static final int MEAN_OF = 500;

    @Override
    public String name() {
        return "vocabulary";
    }

    @Override
    public void run(TrainingContext context) throws IOException {
        Path folder = context.modelFolder().resolve("text_encoder");
        Path file = folder.resolve("model.safetensors");
        Path before = context.stateFile("text-encoder-before-vocabulary");
        if (!Files.exists(before)) {
            Files.createDirectories(before.getParent());
            Files.copy(file, before);
        }
        CaptionIds captions = CaptionIds.open(context.modelFolder().resolve("tokenizer"));
        var plan = context.recipe().vocabulary();
        long seed = context.recipe().seed() + 6;
        LongTensor endOfText = LongTensor.scalar(TokenizerFiles.vocabularySize() - 1L);
        boolean[] free = freeWords(captions);
        try (Weights frozen = SafetensorsFile.open(before);
                EndStates ends = new EndStates(captions, CLIPTextModel.load(folder, DType.FP32, TorchDevice.CPU));
                Trainee trainee = trainee(plan, weights(frozen, free, ends))) {
            context.loop(name(), plan)
                    .run(
                            trainee,
                            (step, learningRate) -> {
                                SplittableRandom random = new SplittableRandom(seed * 1_000_003L + step);
                                List<Scene> scenes = scenes(plan.batch(), random);
                                return trainee.step(
                                        learningRate,
                                        captions.shortest(sentences(scenes, random)),
                                        ends.of(keywords(scenes)),
                                        same(scenes),
                                        endOfText);
                            },
                            step -> {
                                if (step == plan.steps()) {
                                    ModelFiles.weights(file, widened(frozen, free, trainee.averagedWeights()));
                                }
                            });
        }
    }

    private static Trainee trainee(PlaygroundRecipe.LearningPlan plan, Map<String, FloatTensor> frozen) {
        FloatTensor start = FloatTensor.zeros(frozen.get(EMBEDDINGS).shape());
        return Trainee.fresh(
                "/io/surstream/models/text/clip_text.torchscript",
                "vocabulary_loss.torchscript",
                List.of(PlaygroundRecipe.TEXT_HEADS),
                1,
                plan,
                Map.of("change", start),
                frozen);
    }

    private static Map<String, FloatTensor> weights(Weights encoder, boolean[] free, EndStates ends) {
        Map<String, FloatTensor> weights = floats(encoder);
        float[] mask = new float[free.length];
        for (int id = 0; id < mask.length; id++) {
            mask[id] = free[id] ? 1 : 0;
        }
        weights.put("free", FloatTensor.of(mask, mask.length, 1));
        weights.put("mean", ends.mean(keywords(SceneSpace.training().subList(0, MEAN_OF))));
        return weights;
    }

    private static Map<String, FloatTensor> floats(Weights encoder) {
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        encoder.names().forEach(name -> weights.put(name, encoder.get(name).toFloat()));
        return weights;
    }

    /** The encoder with new rows for the free words, the old bytes for all else. */
    private static Map<String, FloatTensor> widened(Weights encoder, boolean[] free, Map<String, FloatTensor> trained) {
        Map<String, FloatTensor> weights = floats(encoder);
        float[] rows = weights.get(EMBEDDINGS).data();
        float[] change = trained.get("change").data();
        int width = rows.length / free.length;
        for (int i = 0; i < rows.length; i++) {
            rows[i] += free[i / width] ? change[i] : 0;
        }
        return weights;
    }

    /** By token id: true for words of sentences that no keyword caption has. */
    private static boolean[] freeWords(CaptionIds captions) {
        boolean[] free = new boolean[TokenizerFiles.vocabularySize()];
        for (int seed = 0; seed < 20; seed++) {
            for (Scene scene : SceneSpace.training()) {
                for (long id : captions.ids(PlainCaptions.of(scene, seed, Split.WIDER))) {
                    free[(int) id] = true;
                }
            }
        }
        for (Scene scene : SceneSpace.all()) {
            for (long id : captions.ids(KeywordCaptions.of(scene))) {
                free[(int) id] = false;
            }
        }
        return free;
    }

    private static List<Scene> scenes(int size, SplittableRandom random) {
        List<Scene> training = SceneSpace.training();
        List<Scene> scenes = new ArrayList<>();
        for (int b = 0; b < size; b++) {
            scenes.add(training.get(random.nextInt(training.size())));
        }
        return scenes;
    }

    private static List<String> sentences(List<Scene> scenes, SplittableRandom random) {
        return scenes.stream()
                .map(scene -> PlainCaptions.of(scene, random.nextLong(), Split.WIDER))
                .toList();
    }

    private static List<String> keywords(List<Scene> scenes) {
        return scenes.stream().map(KeywordCaptions::of).toList();
    }

    private static FloatTensor same(List<Scene> scenes) {
        int size = scenes.size();
        float[] same = new float[size * size];
        for (int i = 0; i < same.length; i++) {
            same[i] = scenes.get(i / size).equals(scenes.get(i % size)) ? 1 : 0;
        }
        return FloatTensor.of(same, size, size);
    }
}
