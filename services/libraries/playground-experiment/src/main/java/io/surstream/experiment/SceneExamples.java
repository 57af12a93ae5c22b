package io.surstream.experiment;

import io.surstream.models.ModelFolder;
import io.surstream.models.llama.LlamaTeacher;
import io.surstream.models.llama.Pooling;
import io.surstream.models.pipeline.PromptEmbedder;
import io.surstream.models.vae.AutoencoderKL;
import io.surstream.models.vae.LatentDistribution;
import io.surstream.playground.captions.KeywordCaptions;
import io.surstream.playground.captions.PlainCaptions;
import io.surstream.playground.captions.Split;
import io.surstream.playground.world.PlaygroundImage;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneRenderer;
import io.surstream.playground.world.SceneSpace;
import io.surstream.playground.world.SplitMix64;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.training.examples.ExampleSet;
import io.surstream.training.examples.TrainingExample;
import io.surstream.training.examples.TrainingExample.LatentMoments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Triples of the little world with what the frozen networks say about them, in memory: sentences of the wider language
 * about scenes that training may see, their keyword captions, their images. Some sentences leave unsaid what is usual,
 * as people do, and some are themselves made of keywords, which the adapter is to leave alone. Shapes: L token
 * positions, C text width, C' h w latents.
 */
final class SceneExamples implements ExampleSet {
    private static final int TEACHER_BATCH = 64;

    private final List<TrainingExample> examples;
    private final String digest;

    private SceneExamples(List<TrainingExample> examples, String digest) {
        this.examples = examples;
        this.digest = digest;
    }

    private record Triple(Scene scene, String sentence, long imageSeed) {}

    static SceneExamples of(ExperimentPlan plan, ModelFolder model, LlamaTeacher teacher, ExperimentProgress progress) {
        List<Triple> triples = triples(plan);
        List<FloatTensor> embedded = embedded(teacher, triples, progress);
        Map<Scene, FloatTensor> keywords = new HashMap<>();
        List<TrainingExample> examples = new ArrayList<>();
        try (PromptEmbedder text = PromptEmbedder.load(model, DType.FP32, TorchDevice.CPU);
                AutoencoderKL autoencoder = AutoencoderKL.load(model.component("vae"), DType.FP32, TorchDevice.CPU)) {
            for (Triple triple : triples) {
                FloatTensor complex =
                        keywords.computeIfAbsent(triple.scene(), scene -> states(text, KeywordCaptions.of(scene)));
                examples.add(new TrainingExample(
                        states(text, triple.sentence()),
                        complex,
                        List.of(moments(autoencoder, triple)),
                        Optional.of(embedded.get(examples.size()))));
                progress.advanced("examples", examples.size(), triples.size(), "");
            }
        }
        return new SceneExamples(
                examples, digest(triples) + "-" + teacher.folder().revision());
    }

    /** Differs where anything that is said or drawn differs. */
    private static String digest(List<Triple> triples) {
        int words = triples.stream().map(Triple::sentence).toList().hashCode();
        int images = triples.stream().map(Triple::imageSeed).toList().hashCode();
        return String.format("scenes-%08x-%08x", words, images);
    }

    /** What training reads; fast, since nothing is computed. */
    static List<String> sentences(ExperimentPlan plan) {
        return triples(plan).stream().map(Triple::sentence).toList();
    }

    private static List<Triple> triples(ExperimentPlan plan) {
        SplitMix64 random = new SplitMix64(plan.seed());
        List<Triple> triples = new ArrayList<>();
        for (int i = 0; i < plan.examples(); i++) {
            Scene scene = isBrief(i) ? SceneSpace.mostlyUsual(random) : random.pick(SceneSpace.training());
            long words = random.below(Integer.MAX_VALUE);
            triples.add(new Triple(scene, sentence(i, scene, words), random.below(Integer.MAX_VALUE)));
        }
        return triples;
    }

    /** Of ten, seven tell everything, two are brief, one is made of keywords: the exact caption or a varied one. */
    private static String sentence(int index, Scene scene, long words) {
        if (isBrief(index)) {
            return PlainCaptions.brief(scene, words, Split.WIDER);
        }
        return switch (index % 20) {
            case 0 -> KeywordCaptions.of(scene);
            case 10 -> KeywordCaptions.varied(scene, words);
            default -> PlainCaptions.of(scene, words, Split.WIDER);
        };
    }

    private static boolean isBrief(int index) {
        return index % 10 == 1 || index % 10 == 2;
    }

    private static List<FloatTensor> embedded(LlamaTeacher teacher, List<Triple> triples, ExperimentProgress progress) {
        List<FloatTensor> embedded = new ArrayList<>();
        for (int start = 0; start < triples.size(); start += TEACHER_BATCH) {
            List<String> texts = triples.subList(start, Math.min(triples.size(), start + TEACHER_BATCH)).stream()
                    .map(Triple::sentence)
                    .toList();
            embedded.addAll(teacher.embedTexts(texts, teacher.folder().usualLayer(), Pooling.LAST));
            progress.advanced("teacher's states", embedded.size(), triples.size(), "");
        }
        return embedded;
    }

    /** [L,C]. */
    private static FloatTensor states(PromptEmbedder text, String prompt) {
        return withoutBatch(text.embed(prompt).embeds());
    }

    private static LatentMoments moments(AutoencoderKL autoencoder, Triple triple) {
        byte[] rgb = SceneRenderer.render(triple.scene(), triple.imageSeed());
        int plane = PlaygroundImage.SIZE * PlaygroundImage.SIZE;
        float[] pixels = new float[3 * plane];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i % 3 * plane + i / 3] = (rgb[i] & 0xff) / 127.5f - 1;
        }
        LatentDistribution latents =
                autoencoder.encode(FloatTensor.of(pixels, 1, 3, PlaygroundImage.SIZE, PlaygroundImage.SIZE));
        return new LatentMoments(withoutBatch(latents.mean()), withoutBatch(latents.std()));
    }

    private static FloatTensor withoutBatch(FloatTensor tensor) {
        return FloatTensor.of(tensor.data(), Arrays.copyOfRange(tensor.shape(), 1, tensor.shape().length));
    }

    @Override
    public int size() {
        return examples.size();
    }

    @Override
    public TrainingExample get(int index) {
        return examples.get(index);
    }

    @Override
    public String digest() {
        return digest;
    }
}
