package io.surstream.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.models.ConfigFile;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.llama.LlamaConfig;
import io.surstream.models.llama.LlamaModel;
import io.surstream.models.llama.LlamaTeacher;
import io.surstream.models.llama.LlamaWeights;
import io.surstream.models.llama.Pooling;
import io.surstream.models.llama.TeacherFolder;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.LongTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Prompts a second of a language model by batch, and what leaving it early gains. */
final class TeacherBench {
    private static final int[] BATCHES = {1, 8, 32};
    private static final int EARLY_EXIT_BATCH = 8;
    private static final int TOKENS = 24;
    private static final List<String> SUBJECTS = List.of("a pair of hearts", "half a dozen stars", "one lonely circle");
    private static final List<String> COLOURS = List.of("the colour of the sky", "as red as blood", "green like grass");
    private static final List<String> PLACES =
            List.of("lined up in a row", "scattered across the night", "standing beside each other on white paper");

    private final BenchReport report;

    TeacherBench(BenchReport report) {
        this.report = report;
    }

    /** A model with its weights and tokenizer, fp32, pooling last. */
    void real(String reference) {
        TeacherFolder folder = TeacherFolder.resolve(ModelResolver.standard(Map.of()), reference);
        try (LlamaTeacher teacher = LlamaTeacher.load(folder, DType.FP32, TorchDevice.CPU)) {
            for (int batch : BATCHES) {
                List<String> prompts = prompts(batch);
                throughput(
                        "teacher",
                        folder.name(),
                        batch,
                        Stopwatch.millis(5, 30, () -> teacher.embedTexts(prompts, folder.usualLayer(), Pooling.LAST)));
            }
            List<String> prompts = prompts(EARLY_EXIT_BATCH);
            earlyExit(
                    "teacher",
                    folder.name(),
                    folder.layers(),
                    30,
                    layer -> teacher.embedTexts(prompts, layer, Pooling.LAST));
        }
    }

    private static List<String> prompts(int count) {
        Random random = new Random(7);
        return IntStream.range(0, count)
                .mapToObj(i -> String.join(
                        " ",
                        SUBJECTS.get(random.nextInt(SUBJECTS.size())),
                        COLOURS.get(random.nextInt(COLOURS.size())),
                        PLACES.get(random.nextInt(PLACES.size()))))
                .toList();
    }

    /** The shape of TinyLlama 1.1 B with random weights; prompts of 24 tokens; layer 21 of 22. */
    void random() {
        LlamaConfig config = tinyLlama();
        for (DType dtype : new DType[] {DType.FP32, DType.BF16}) {
            String name = "1.1B, " + dtype.name().toLowerCase(Locale.ROOT);
            BenchWeights weights = new BenchWeights(LlamaWeights.of(config).asMap());
            try (LlamaModel model = LlamaModel.of(config, weights, "random weights", dtype, TorchDevice.CPU)) {
                last(model, 1, config.layers()); // touches every weight
                for (int batch : BATCHES) {
                    throughput(
                            "teacher-1b",
                            name,
                            batch,
                            Stopwatch.millis(0, 2, () -> last(model, batch, config.layers() - 1)));
                }
                earlyExit("teacher-1b", name, config.layers(), 2, layer -> last(model, EARLY_EXIT_BATCH, layer));
            }
        }
    }

    private static LlamaConfig tinyLlama() {
        return LlamaConfig.from(ConfigFile.of(
                "TinyLlama 1.1B",
                new ObjectMapper()
                        .createObjectNode()
                        .put("model_type", "llama")
                        .put("hidden_size", 2048)
                        .put("intermediate_size", 5632)
                        .put("num_hidden_layers", 22)
                        .put("num_attention_heads", 32)
                        .put("num_key_value_heads", 4)));
    }

    private static void last(LlamaModel model, int batch, int layer) {
        long[] lengths = new long[batch];
        Arrays.fill(lengths, TOKENS);
        model.last(LongTensor.zeros(batch, TOKENS), LongTensor.of(lengths, batch), layer);
    }

    private void throughput(String group, String model, int batch, double[] millis) {
        double[] perSecond = Arrays.stream(millis).map(ms -> 1000 * batch / ms).toArray();
        report.add(Measurement.of(group, model + ", batch " + batch, "prompts/s", perSecond));
    }

    private void earlyExit(String group, String model, int layers, int runs, IntConsumer work) {
        IntStream.of(0, layers / 4, layers / 2, layers * 3 / 4, layers - 1, layers)
                .distinct()
                .forEach(layer -> report.add(Measurement.of(
                        group,
                        model + ", layer " + layer + " of " + layers,
                        "ms",
                        Stopwatch.millis(0, runs, () -> work.accept(layer)))));
    }
}
