package io.surstream.playground.training;

import io.surstream.models.initialization.FreshLlama;
import io.surstream.playground.captions.KeywordCaptions;
import io.surstream.playground.captions.PlainCaptions;
import io.surstream.playground.captions.Split;
import io.surstream.playground.tokenizer.TokenizerFiles;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneSpace;
import io.surstream.playground.world.SplitMix64;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains the teacher, a small decoder of the LLaMA family: it reads a sentence of the wider language and writes the
 * keywords, seeing nothing of the sentence but its end token. Of ten sentences two are brief, one is itself a keyword caption.
 */
final class TeacherStage implements TrainingStage {
    private static final double KEYWORD_SHARE = 0.1;
    private static final double BRIEF_SHARE = 0.2;

    @Override
    public String name() {
        return "teacher";
    }

    @Override
    public void run(TrainingContext context) throws IOException {
        Path folder = context.teacherFolder();
        TokenizerFiles.writeJson(folder.resolve("tokenizer.json"));
        CaptionIds captions = CaptionIds.open(context.modelFolder().resolve("tokenizer"));
        var plan = context.recipe().teacher();
        long seed = context.recipe().seed() + 5;
        FreshLlama fresh = PlaygroundRecipe.freshTeacher(TokenizerFiles.vocabularySize());
        FloatTensor frequencies = frequencies(fresh.headDim());
        try (Trainee trainee = Trainee.fresh(
                "/io/surstream/models/llama/llama.torchscript",
                "teacher_loss.torchscript",
                List.of(fresh.heads()),
                fresh.keyValueHeads(),
                plan,
                fresh.weights(seed))) {
            context.loop(name(), plan)
                    .run(
                            trainee,
                            (step, learningRate) -> {
                                Retellings batch =
                                        batch(captions, plan.batch(), new SplittableRandom(seed * 1_000_003L + step));
                                return trainee.step(learningRate, batch.ids, batch.ends, batch.lengths, frequencies);
                            },
                            step -> export(folder, fresh, trainee.averagedWeights()));
        }
    }

    /** Rows of {@code <start> sentence <end> keywords <end>}, padded with the end token. */
    private record Retellings(LongTensor ids, LongTensor ends, LongTensor lengths) {}

    private static Retellings batch(CaptionIds captions, int size, SplittableRandom random) {
        List<long[]> rows = new ArrayList<>();
        long[] ends = new long[size];
        long[] lengths = new long[size];
        for (int b = 0; b < size; b++) {
            Told one = told(random);
            long[] told = captions.ids(one.sentence());
            long[] retold = captions.ids(KeywordCaptions.of(one.scene()));
            // without the start token of the second
            long[] row = java.util.Arrays.copyOf(told, told.length + retold.length - 1);
            System.arraycopy(retold, 1, row, told.length, retold.length - 1);
            rows.add(row);
            ends[b] = told.length - 1L;
            lengths[b] = row.length;
        }
        return new Retellings(CaptionIds.padded(rows), LongTensor.of(ends, size), LongTensor.of(lengths, size));
    }

    private record Told(Scene scene, String sentence) {}

    private static Told told(SplittableRandom random) {
        double kind = random.nextDouble();
        long seed = random.nextLong();
        if (kind < BRIEF_SHARE) {
            Scene brief = SceneSpace.mostlyUsual(new SplitMix64(random.nextLong()));
            return new Told(brief, PlainCaptions.brief(brief, seed, Split.WIDER));
        }
        Scene scene =
                SceneSpace.training().get(random.nextInt(SceneSpace.training().size()));
        return new Told(
                scene,
                kind < BRIEF_SHARE + KEYWORD_SHARE
                        ? KeywordCaptions.varied(scene, seed)
                        : PlainCaptions.of(scene, seed, Split.WIDER));
    }

    /** Of the rotary positions: base 10,000, as {@code config.json} says. */
    private static FloatTensor frequencies(int headDim) {
        float[] values = new float[headDim / 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.pow(ModelFiles.ROPE_THETA, -2.0 * i / headDim);
        }
        return FloatTensor.of(values, values.length);
    }

    private static void export(Path folder, FreshLlama shape, Map<String, FloatTensor> weights) throws IOException {
        ModelFiles.teacherConfig(folder, shape);
        ModelFiles.weights(folder.resolve("model.safetensors"), weights);
    }
}
