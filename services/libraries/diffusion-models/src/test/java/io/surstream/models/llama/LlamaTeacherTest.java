package io.surstream.models.llama;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.surstream.models.ModelException;
import io.surstream.models.llama.TeacherRefusedException.Reason;
import io.surstream.testsupport.fixtures.Golden;
import io.surstream.testsupport.fixtures.TinyTeacher;
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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlamaTeacherTest {
    private static final String GROUPED = "llama-gqa";

    @TempDir
    Path temp;

    private LlamaTeacher teacher(String model) throws IOException {
        return LlamaTeacher.load(
                TeacherFolder.open(TinyTeacher.in(temp.resolve(model), model)), DType.FP32, TorchDevice.CPU);
    }

    private static List<String> prompts(int count, int longest) {
        Random random = new Random(7);
        return IntStream.range(0, count)
                .mapToObj(i -> random.ints(1 + random.nextInt(longest), 0, 60)
                        .mapToObj(word -> "w" + word)
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    @ParameterizedTest
    @CsvSource({
        "llama-gqa, FP32, 1e-5",
        "llama-mha-theta500k, FP32, 1e-5",
        "llama3-rope-scaling, FP32, 1e-5",
        "mistral, FP32, 1e-5",
        "qwen2, FP32, 1e-5",
        "llama-gqa, BF16, 3e-2",
        "qwen2, BF16, 3e-2"
    })
    void a_prompt_is_what_it_is_alone_whatever_else_is_in_its_batch(String model, String dtype, float tolerance)
            throws IOException {
        TeacherFolder folder = TeacherFolder.open(TinyTeacher.in(temp.resolve(model), model));
        List<String> prompts = prompts(40, 24);
        try (LlamaTeacher teacher =
                LlamaTeacher.load(folder, folder.layers(), 200, DType.valueOf(dtype), TorchDevice.CPU)) {
            for (Pooling pooling : Pooling.values()) {
                for (int layer = 0; layer <= folder.layers(); layer++) {
                    List<FloatTensor> together = teacher.embedTexts(prompts, layer, pooling);
                    for (int i = 0; i < prompts.size(); i++) {
                        FloatTensor alone = teacher.embedTexts(List.of(prompts.get(i)), layer, pooling)
                                .get(0);
                        assertArrayEquals(alone.shape(), together.get(i).shape());
                        assertArrayEquals(
                                alone.data(),
                                together.get(i).data(),
                                tolerance * largest(alone.data()),
                                prompts.get(i));
                    }
                }
            }
        }
    }

    @Test
    void pooling_takes_the_last_token_or_the_mean_of_all() throws IOException {
        try (LlamaTeacher teacher = teacher(GROUPED)) {
            List<String> prompts = List.of("w1 w2 w3 w4", "w5 w6 w7");
            int width = teacher.width();
            FloatTensor tokens = teacher.embedTexts(prompts, 2, Pooling.TOKENS).get(1);
            float[] last = teacher.embedTexts(prompts, 2, Pooling.LAST).get(1).data();
            float[] mean = teacher.embedTexts(prompts, 2, Pooling.MEAN).get(1).data();

            assertArrayEquals(new long[] {3, width}, tokens.shape());
            assertArrayEquals(Arrays.copyOfRange(tokens.data(), 2 * width, 3 * width), last);
            for (int c = 0; c < width; c++) {
                float sum = tokens.data()[c] + tokens.data()[width + c] + tokens.data()[2 * width + c];
                assertEquals(sum / 3, mean[c], 1e-6f);
            }
        }
    }

    @Test
    void a_layer_is_transformers_hidden_state_of_that_number() throws IOException {
        TeacherFolder folder = TeacherFolder.open(TinyTeacher.in(temp.resolve("t"), GROUPED));
        try (LlamaTeacher teacher = LlamaTeacher.load(folder, DType.FP32, TorchDevice.CPU);
                LlamaModel model = LlamaModel.load(folder.path(), DType.FP32, TorchDevice.CPU)) {
            List<FloatTensor> states = model.states(LongTensor.of(new long[] {2, 3, 4}, 1, 3));

            for (int layer = 0; layer < folder.layers(); layer++) {
                FloatTensor embedded = teacher.embedTexts(List.of("w1 w2 w3"), layer, Pooling.TOKENS)
                        .get(0);
                assertArrayEquals(states.get(layer).data(), embedded.data());
            }
            FloatTensor last = teacher.embedTexts(List.of("w1 w2 w3"), folder.layers(), Pooling.TOKENS)
                    .get(0);
            assertArrayEquals(states.get(folder.layers() + 1).data(), last.data());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-gqa", "llama-mha-theta500k", "llama3-rope-scaling", "mistral", "qwen2"})
    void every_layer_of_a_batch_is_what_transformers_says(String name) throws IOException {
        TeacherFolder folder = TeacherFolder.open(TinyTeacher.in(temp.resolve(name), name));
        Path values = Golden.folder("llama-teacher/" + name).resolve("io.safetensors");
        try (LlamaTeacher teacher = LlamaTeacher.load(folder, DType.FP32, TorchDevice.CPU);
                Weights golden = SafetensorsFile.open(values)) {
            LongTensor ids = golden.get("input_ids").toLong();
            LongTensor mask = golden.get("attention_mask").toLong();
            int positions = (int) ids.shape()[1];
            List<TeacherPrompt> prompts = IntStream.range(0, (int) ids.shape()[0])
                    .mapToObj(row -> {
                        long[] real = Arrays.copyOfRange(mask.data(), row * positions, (row + 1) * positions);
                        int tokens = (int) Arrays.stream(real).sum();
                        return new TeacherPrompt(
                                "", Arrays.copyOfRange(ids.data(), row * positions, row * positions + tokens));
                    })
                    .toList();
            for (int layer = 0; layer <= folder.layers(); layer++) {
                float[] expected =
                        golden.get("hidden_states." + layer).toFloat().data();
                List<FloatTensor> states = teacher.embed(prompts, layer, Pooling.TOKENS);
                for (int row = 0; row < prompts.size(); row++) {
                    int from = row * positions * teacher.width();
                    float[] state = states.get(row).data();
                    assertArrayEquals(Arrays.copyOfRange(expected, from, from + state.length), state, 2e-5f);
                }
            }
        }
    }

    @Test
    void a_real_model_says_what_transformers_says() {
        String stories = "../data/stories15M-hf";
        assumeTrue(Golden.shared(stories).isPresent(), () -> Golden.absent(stories));
        TeacherFolder folder = TeacherFolder.open(Golden.shared(stories).get());
        TeacherPrompt once = new TeacherPrompt("Once upon a time", new long[] {1, 9038, 2501, 263, 931});
        try (LlamaTeacher teacher = LlamaTeacher.load(folder, DType.FP32, TorchDevice.CPU)) {
            List<FloatTensor> states = teacher.embed(
                    List.of(teacher.prompt("a longer prompt beside it"), once), folder.layers(), Pooling.LAST);

            assertArrayEquals(
                    new float[] {-0.88019f, -1.51920f, 41.30078f, 2.62008f},
                    Arrays.copyOf(states.get(1).data(), 4),
                    2e-4f);
        }
    }

    @Test
    void layers_behind_the_deepest_wanted_one_are_not_loaded() throws IOException {
        TeacherFolder whole = TeacherFolder.open(TinyTeacher.in(temp.resolve("whole"), GROUPED));
        TeacherFolder cut = ShardedCopy.withoutLayersFrom(2, whole, temp.resolve("cut"));
        try (LlamaTeacher teacher = LlamaTeacher.load(whole, DType.FP32, TorchDevice.CPU);
                LlamaTeacher early = LlamaTeacher.load(cut, 2, 4096, DType.FP32, TorchDevice.CPU)) {
            List<String> prompts = prompts(5, 9);
            assertEquals(teacher.embedTexts(prompts, 2, Pooling.LAST), early.embedTexts(prompts, 2, Pooling.LAST));
            TeacherRefusedException refusal =
                    assertThrows(TeacherRefusedException.class, () -> early.embedTexts(prompts, 3, Pooling.LAST));
            assertEquals("0..2", refusal.limit());
        }
        Exception refusal =
                assertThrows(ModelException.class, () -> LlamaTeacher.load(cut, DType.FP32, TorchDevice.CPU));
        assertTrue(refusal.getMessage().contains("model.layers.2"), refusal.getMessage());
    }

    @Test
    void a_teacher_in_shards_is_the_same_teacher() throws IOException {
        TeacherFolder single = TeacherFolder.open(TinyTeacher.in(temp.resolve("single"), GROUPED));
        TeacherFolder sharded = ShardedCopy.of(single, temp.resolve("sharded"));
        assertTrue(Files.notExists(sharded.path().resolve("model.safetensors")));
        try (LlamaTeacher one = LlamaTeacher.load(single, DType.FP32, TorchDevice.CPU);
                LlamaTeacher two = LlamaTeacher.load(sharded, DType.FP32, TorchDevice.CPU)) {
            assertEquals(
                    one.embedTexts(List.of("w1 w2"), 3, Pooling.LAST),
                    two.embedTexts(List.of("w1 w2"), 3, Pooling.LAST));
        }
    }

    @Test
    void shards_count_in_the_revision_whatever_they_are_called() throws IOException {
        TeacherFolder single = TeacherFolder.open(TinyTeacher.in(temp.resolve("single"), GROUPED));
        Path folder = ShardedCopy.of(single, temp.resolve("sharded")).path();
        Path index = folder.resolve("model.safetensors.index.json");
        Path shard = folder.resolve("part-b.safetensors");
        Files.move(folder.resolve("model-00002-of-00002.safetensors"), shard);
        Files.writeString(
                index, Files.readString(index).replace("model-00002-of-00002.safetensors", "part-b.safetensors"));
        String before = TeacherFolder.open(folder).revision();
        byte[] weights = Files.readAllBytes(shard);
        weights[weights.length - 1]++;
        Files.write(shard, weights);

        assertNotEquals(before, TeacherFolder.open(folder).revision());
    }

    @Test
    void a_refused_prompt_says_what_is_allowed_and_the_next_one_is_served() throws IOException {
        TeacherFolder folder = TeacherFolder.open(TinyTeacher.in(temp.resolve("t"), GROUPED));
        try (LlamaTeacher teacher = LlamaTeacher.load(folder, 1, 8, DType.FP32, TorchDevice.CPU)) {
            assertEquals(8, teacher.tokenLimit());
            assertEquals(8, teacher.prompt("a b c d e f g h").tokens());
            assertEquals(
                    Reason.PROMPT_TOO_LONG,
                    refusal(teacher, "a b c d e f g h i").reason());
            assertEquals("8 tokens", refusal(teacher, "a b c d e f g h i").limit());
            assertEquals(Reason.PROMPT_EMPTY, refusal(teacher, "").reason());
            assertEquals(Reason.PROMPT_EMPTY, refusal(teacher, " \n").reason());
            assertTrue(refusal(teacher, "word ".repeat(100_000)).value().length() < 100);
            assertEquals(1, teacher.embedTexts(List.of("a b"), 1, Pooling.MEAN).size());
        }
    }

    private static TeacherRefusedException refusal(LlamaTeacher teacher, String prompt) {
        return assertThrows(TeacherRefusedException.class, () -> teacher.prompt(prompt));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4})
    void a_layer_that_is_not_there_is_refused_with_the_limit(int layer) throws IOException {
        TeacherFolder folder = TeacherFolder.open(TinyTeacher.in(temp.resolve("t"), GROUPED));
        try (LlamaTeacher teacher = LlamaTeacher.load(folder, DType.FP32, TorchDevice.CPU)) {
            TeacherRefusedException refusal = assertThrows(
                    TeacherRefusedException.class, () -> teacher.embedTexts(List.of("a"), layer, Pooling.LAST));
            assertEquals(Reason.UNKNOWN_LAYER, refusal.reason());
            assertEquals("0..3", refusal.limit());
        }
        assertThrows(
                TeacherRefusedException.class,
                () -> LlamaTeacher.load(folder, layer, 4096, DType.FP32, TorchDevice.CPU));
    }

    @Test
    void the_revision_names_config_tokenizer_and_weights() throws IOException {
        TeacherFolder one = TeacherFolder.open(TinyTeacher.in(temp.resolve("one"), GROUPED));
        TeacherFolder same = TeacherFolder.open(TinyTeacher.in(temp.resolve("same"), GROUPED));
        Files.writeString(same.path().resolve("generation_config.json"), "{}");
        List<TeacherFolder> others = new ArrayList<>();
        others.add(TeacherFolder.open(TinyTeacher.in(temp.resolve("weights"), "llama-mha-theta500k")));
        others.add(TeacherFolder.open(TinyTeacher.in(temp.resolve("tokenizer"), GROUPED, TinyTeacher.words("BPE"))));

        assertEquals(one.revision(), TeacherFolder.open(same.path()).revision());
        others.forEach(other -> assertTrue(!one.revision().equals(other.revision()), other.name()));
    }

    @Test
    void a_folder_that_is_no_teacher_is_refused_with_what_it_lacks() throws IOException {
        Files.writeString(temp.resolve("config.json"), "{}");
        Exception refusal = assertThrows(ModelException.class, () -> TeacherFolder.open(temp));
        assertTrue(refusal.getMessage().contains("lacks tokenizer.json, model.safetensors"), refusal.getMessage());
    }
}
