package io.surstream.torch.pickle;

import static io.surstream.torch.pickle.TorchZip.tensor;
import static io.surstream.torch.pickle.TorchZip.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictReaderTest {
    private static final byte[] SIX = floats(0, 1, 2, 3, 4, 5);

    @TempDir
    Path folder;

    /** What torch itself wrote, and the same tensors as safetensors. */
    @ParameterizedTest
    @CsvSource({"prompt2vec.pt, prompt2vec.safetensors", "fc_only_legacy.pt, fc_only.safetensors"})
    void both_formats_of_torch_save_give_the_tensors_of_the_safetensors_file(String torch, String expectedFile)
            throws IOException {
        try (Weights expected = SafetensorsFile.open(fixture(expectedFile));
                Weights weights = StateDictReader.open(fixture(torch))) {
            assertEquals(expected.names(), weights.names());
            for (String name : expected.names()) {
                assertEquals(expected.get(name).toFloat(), weights.get(name).toFloat());
            }
        }
    }

    @Test
    void a_whole_adapter_written_by_torch_is_read() {
        Path golden = Path.of(System.getProperty("surstream.shared", "absent"), "golden/sur-adapter");
        assumeTrue(Files.isDirectory(golden), () -> golden + " is not here");
        try (Weights expected = SafetensorsFile.open(golden.resolve("adapter.safetensors"));
                Weights weights = StateDictReader.open(golden.resolve("adapter.pt"))) {
            assertEquals(expected.names(), weights.names());
            for (String name : expected.names()) {
                assertEquals(expected.get(name).toFloat(), weights.get(name).toFloat());
            }
        }
    }

    @Test
    void transposed_and_sliced_tensors_come_out_packed() throws IOException {
        Path file = new TorchZip()
                .pickle("}(" + text("t") + tensor("0", 6, 0, new int[] {3, 2}, new int[] {1, 3}) + text("s")
                        + tensor("0", 6, 4, new int[] {2}, new int[] {1}) + "u")
                .storage("0", SIX)
                .write(folder.resolve("strided.pt"));
        try (Weights weights = StateDictReader.open(file)) {
            assertEquals(
                    FloatTensor.of(new float[] {0, 3, 1, 4, 2, 5}, 3, 2),
                    weights.get("t").toFloat());
            assertEquals(FloatTensor.of(new float[] {4, 5}, 2), weights.get("s").toFloat());
        }
    }

    @Test
    void a_state_dict_inside_a_training_checkpoint_is_found_and_plain_values_are_metadata() throws IOException {
        Path file = new TorchZip()
                .pickle("}(" + text("epoch") + "K\u0003" + text("state_dict") + "}(" + text("a")
                        + tensor("0", 6, 0, new int[] {6}, new int[] {1}) + "u" + "u")
                .storage("0", SIX)
                .write(folder.resolve("nested.pt"));
        try (Weights weights = Checkpoint.open(file)) {
            assertEquals(
                    FloatTensor.of(new float[] {0, 1, 2, 3, 4, 5}, 6),
                    weights.get("a").toFloat());
            assertEquals(Map.of("epoch", "3"), weights.metadata());
        }
    }

    @Test
    void a_pickle_that_tries_to_run_a_program_is_refused_by_name_and_runs_nothing() throws IOException {
        Path proof = folder.resolve("ran");
        Path file = new TorchZip()
                .pickle("}" + text("a") + "cos\nsystem\n(" + text("touch " + proof) + "tRs")
                .write(folder.resolve("evil.pt"));
        refused(file, "asks for os.system, which no tensor needs; refused");
        assertFalse(Files.exists(proof));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cbuiltins\neval\n",
                "X\u0008\0\0\0builtinsX\u0004\0\0\0exec\u0093",
                "ctorch\nload\n",
                "cnumpy.core.multiarray\nscalar\n",
                "c__torch__\nM\n)\u0081",
                "ctorch\nFloatStorage\n)R",
                "ccollections\nOrderedDict\n)\u0081",
                "(ios\nsystem\n",
                "P0\n",
                "\u0082\u0001",
                "}(]K\u0001u",
                "h\u0007",
                "t",
                "R",
                "Xzzzz",
                "\u0080\u0005",
                "}}s",
                "",
            })
    void any_other_pickle_is_refused(String body) throws IOException {
        Path file = new TorchZip().pickle(body).write(folder.resolve("odd.pt"));
        refused(file, file.toString());
    }

    @Test
    void storages_that_lie_are_refused() throws IOException {
        String whole = tensor("0", 6, 0, new int[] {6}, new int[] {1});
        String outside = tensor("0", 6, 1, new int[] {6}, new int[] {1});
        String expanded = tensor("0", 1, 0, new int[] {100, 100}, new int[] {0, 0});
        Path missing = new TorchZip().pickle("}" + text("a") + whole + "s").write(folder.resolve("missing.pt"));
        Path small = new TorchZip()
                .pickle("}" + text("a") + whole + "s")
                .storage("0", new byte[20])
                .write(folder.resolve("small.pt"));
        Path beyond = new TorchZip().pickle("}" + text("a") + outside + "s").write(folder.resolve("beyond.pt"));
        Path grown = new TorchZip().pickle("}" + text("a") + expanded + "s").write(folder.resolve("grown.pt"));
        try (Weights weights = StateDictReader.open(missing)) {
            assertThrows(StateDictException.class, () -> weights.get("a"));
        }
        try (Weights weights = StateDictReader.open(small)) {
            var e = assertThrows(StateDictException.class, () -> weights.get("a"));
            assertTrue(e.getMessage().contains("storage 0 must have 24 bytes but has 20"), e.getMessage());
        }
        refused(beyond, "reaches beyond its storage of 6 elements");
        refused(grown, "reaches beyond its storage of 1 elements");
    }

    @Test
    void what_is_no_checkpoint_is_refused() throws IOException {
        refused(Files.writeString(folder.resolve("t.pt"), "hello world"), "neither a zip nor the older format");
        refused(Files.write(folder.resolve("e.pt"), new byte[0]), "neither a zip nor the older format");
        refused(new TorchZip().entry("y", new byte[1]).write(folder.resolve("z.pt")), "without data.pkl");
        refused(folder.resolve("absent.pt"), "does not exist");
        refused(new TorchZip().pickle("K\u0001").write(folder.resolve("n.pt")), "no dictionary");
        refused(new TorchZip().pickle("}" + text("k") + "K\u0001s").write(folder.resolve("k.pt")), "its keys are: k");
    }

    @Test
    void damage_anywhere_is_refused_or_harmless() throws IOException {
        Random random = new Random(5);
        for (String name : new String[] {"prompt2vec.pt", "fc_only_legacy.pt"}) {
            byte[] good = Files.readAllBytes(fixture(name));
            for (int i = 0; i < 300; i++) {
                byte[] bad = good.clone();
                bad[random.nextInt(Math.min(bad.length, 900))] = (byte) random.nextInt();
                byte[] cut = java.util.Arrays.copyOf(bad, i % 3 == 0 ? random.nextInt(bad.length) : bad.length);
                Path file = Files.write(folder.resolve("bad.pt"), cut);
                try (Weights weights = StateDictReader.open(file)) {
                    for (String tensor : weights.names()) {
                        assertArrayEquals(
                                weights.get(tensor).shape(),
                                weights.get(tensor).toFloat().shape());
                    }
                } catch (StateDictException e) {
                    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
                }
            }
        }
    }

    private static void refused(Path file, String words) {
        StateDictException e = assertThrows(StateDictException.class, () -> StateDictReader.open(file));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    private Path fixture(String name) throws IOException {
        Path copy = folder.resolve(name);
        try (InputStream in = StateDictReaderTest.class.getResourceAsStream(name)) {
            Files.write(copy, in.readAllBytes());
        }
        return copy;
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
