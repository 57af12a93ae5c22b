package io.surstream.experiment;

import io.surstream.models.ModelFolder;
import io.surstream.models.llama.LlamaTeacher;
import io.surstream.models.llama.Pooling;
import io.surstream.models.pipeline.PromptEmbedder;
import io.surstream.playground.captions.PlainCaptions;
import io.surstream.playground.captions.Split;
import io.surstream.playground.score.Attribute;
import io.surstream.playground.world.Arrangement;
import io.surstream.playground.world.Colour;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneSpace;
import io.surstream.playground.world.Shape;
import io.surstream.playground.world.SplitMix64;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What a linear probe reads off the teacher's state and off the text encoder's states of the same sentences: fitted on
 * sentences of the wider language about training scenes, tested on unseen sentences about unseen scenes.
 *
 * @param shares by source, then by attribute
 */
public record ProbeStudy(Map<String, Map<Attribute, Double>> shares) {
    /** The teacher's state, and the text encoder's at the end token and on the mean. */
    public static final String TEACHER = "teacher, last token";

    static final String CLIP_END = "CLIP, end token";
    static final String CLIP_MEAN = "CLIP, mean of all positions";

    private static final int FITTED = 4000;
    private static final int TESTED = 1000;

    private record Attributes(Attribute attribute, int choices, ToIntFunction<Scene> answer) {}

    private static final List<Attributes> ASKED = List.of(
            new Attributes(Attribute.COLOUR, Colour.values().length, scene -> scene.colour()
                    .ordinal()),
            new Attributes(Attribute.COUNT, Scene.MAX_COUNT, scene -> scene.count() - 1),
            new Attributes(Attribute.ARRANGEMENT, Arrangement.values().length, scene -> scene.arrangement()
                    .ordinal()),
            new Attributes(Attribute.SHAPE, Shape.values().length, scene -> scene.shape()
                    .ordinal()));

    private record Sentences(List<Scene> scenes, List<String> texts) {}

    static ProbeStudy of(ModelFolder model, LlamaTeacher teacher, long seed, ExperimentProgress progress) {
        Sentences fit = sentences(SceneSpace.training(), FITTED, Split.WIDER, seed);
        Sentences test = sentences(SceneSpace.heldOut(), TESTED, Split.TEST, seed);
        Map<String, Map<Attribute, Double>> shares = new LinkedHashMap<>();
        progress.note("probing the teacher");
        shares.put(TEACHER, read(fit, embedded(teacher, fit), test, embedded(teacher, test)));
        progress.note("probing the text encoder");
        try (PromptEmbedder text = PromptEmbedder.load(model, DType.FP32, TorchDevice.CPU)) {
            Map<String, List<float[]>> known = encoded(text, fit.texts());
            Map<String, List<float[]>> unseen = encoded(text, test.texts());
            for (String source : List.of(CLIP_END, CLIP_MEAN)) {
                shares.put(source, read(fit, known.get(source), test, unseen.get(source)));
            }
        }
        return new ProbeStudy(shares);
    }

    private static Sentences sentences(List<Scene> from, int count, Split split, long seed) {
        SplitMix64 random = new SplitMix64(seed + split.ordinal());
        List<Scene> scenes = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Scene scene = random.pick(from);
            scenes.add(scene);
            texts.add(PlainCaptions.of(scene, random.below(Integer.MAX_VALUE), split));
        }
        return new Sentences(scenes, texts);
    }

    private static Map<Attribute, Double> read(
            Sentences fit, List<float[]> known, Sentences test, List<float[]> unseen) {
        Map<Attribute, Double> shares = new LinkedHashMap<>();
        for (Attributes asked : ASKED) {
            int[] answers = fit.scenes().stream().mapToInt(asked.answer()).toArray();
            Probe probe = Probe.fit(known, answers, asked.choices());
            shares.put(
                    asked.attribute(),
                    probe.accuracy(
                            unseen,
                            test.scenes().stream().mapToInt(asked.answer()).toArray()));
        }
        return shares;
    }

    private static List<float[]> embedded(LlamaTeacher teacher, Sentences sentences) {
        return teacher.embedTexts(sentences.texts(), teacher.folder().usualLayer(), Pooling.LAST).stream()
                .map(FloatTensor::data)
                .toList();
    }

    /** The end token's state and the mean of all states of each sentence, which is encoded once. */
    private static Map<String, List<float[]>> encoded(PromptEmbedder text, List<String> texts) {
        List<float[]> ends = new ArrayList<>();
        List<float[]> means = new ArrayList<>();
        for (String one : texts) {
            float[] states = text.embed(one).embeds().data(); // [L·d]
            int end = Math.min(text.window(), text.tokenizer().encode(one).length) - 1;
            ends.add(Arrays.copyOfRange(states, end * text.width(), (end + 1) * text.width()));
            means.add(mean(states, text.width()));
        }
        return Map.of(CLIP_END, ends, CLIP_MEAN, means);
    }

    private static float[] mean(float[] states, int width) {
        float[] mean = new float[width];
        for (int i = 0; i < states.length; i++) {
            mean[i % width] += states[i] * width / states.length;
        }
        return mean;
    }
}
