package io.surstream.torch;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.MemoryWeights;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each loop would add at least 75 MB if one of its tensors were forgotten. */
class NativeMemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int ROWS = 1024;
    private static final long LIMIT_KB = 24 * 1024;
    private static final FloatTensor X = FloatTensor.zeros(ROWS, 64); // 256 KB
    private static final Map<String, FloatTensor> W = Map.of("weight", FloatTensor.zeros(64, 64));

    private final TorchScript toy = TorchScript.load(
            ScriptSource.ofResources(NativeMemoryTest.class, "toy.torchscript"),
            "Toy",
            Map.of("factor", 1.0, "steps", 1L, "name", "", "sizes", List.of(1L), "rates", List.of(1.0)),
            TorchDevice.CPU);

    @BeforeEach
    void bind() {
        assumeTrue(Files.exists(STATUS), "no /proc on this system");
        toy.bind("bind", MemoryWeights.of(W));
        toy.bind("bind_trainable", MemoryWeights.of(W));
    }

    @AfterEach
    void close() {
        toy.close();
    }

    @Test
    void a_thousand_forwards_leave_nothing_behind() throws IOException {
        growsLittle(1000, () -> toy.run("forward", X));
    }

    @Test
    void training_steps_leave_nothing_behind() throws IOException {
        growsLittle(300, () -> toy.train("step", X, X));
    }

    @Test
    void failed_forwards_leave_nothing_behind() throws IOException {
        FloatTensor wrong = FloatTensor.zeros(ROWS, 63);
        growsLittle(300, () -> assertThrows(ScriptException.class, () -> toy.run("forward", wrong)));
    }

    @Test
    void bindings_and_exports_leave_nothing_behind() throws IOException {
        Weights weights = MemoryWeights.of(Map.of("weight", X));
        growsLittle(300, () -> {
            toy.bind("bind_trainable", weights);
            toy.export("parameters");
        });
    }

    @Test
    void closed_scripts_leave_nothing_behind() throws IOException {
        Weights weights = MemoryWeights.of(Map.of("weight", FloatTensor.zeros(512, 512))); // 1 MB
        ScriptSource source = ScriptSource.ofResources(NativeMemoryTest.class, "toy.torchscript");
        growsLittle(75, () -> {
            try (TorchScript script = TorchScript.load(
                    source,
                    "Toy",
                    Map.of("factor", 1.0, "steps", 1L, "name", "", "sizes", List.of(1L), "rates", List.of(1.0)),
                    TorchDevice.CPU)) {
                script.bind("bind", weights);
            }
        });
    }

    /** A leak grows in every round; the Java heap, which also counts, settles in one of the first. */
    private static void growsLittle(int times, Runnable work) throws IOException {
        List<Long> resident = new ArrayList<>(List.of(residentKb()));
        long growth;
        do {
            for (int i = 0; i < times; i++) {
                work.run();
            }
            resident.add(residentKb());
            growth = resident.get(resident.size() - 1) - resident.get(resident.size() - 2);
        } while (growth >= LIMIT_KB && resident.size() < 6);
        assertTrue(growth < LIMIT_KB, () -> "resident kB after each " + times + " calls: " + resident);
    }

    private static long residentKb() throws IOException {
        System.gc();
        System.gc(); // the first frees objects, the second gives the heap's pages back
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
