package io.surstream.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.surstream.testsupport.fixtures.Golden;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.tensor.LongTensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenParityTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "clip-text",
                "clip-text-sd2",
                "unet-sd1",
                "unet-sd2",
                "unet-sdxl",
                "unet-sdxl-layers",
                "vae-kl-relu",
                "vae-kl",
                "vae-tiny",
                "sur-adapter"
            })
    void every_output_of_a_case_is_within_its_tolerance(String name) {
        assertMatches(Golden.folder(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip-tokenizer", "vae-tiny-real"})
    void every_output_of_a_case_that_may_not_be_copied_is_within_its_tolerance(String name) {
        Optional<Path> folder = Golden.shared(name);
        assumeTrue(folder.isPresent(), () -> Golden.absent(name));
        assertMatches(folder.get());
    }

    private static void assertMatches(Path folder) {
        CaseFolder golden = CaseFolder.open(folder);
        ParityKind kind = NetworkKinds.on(TorchDevice.CPU).stream()
                .filter(k -> k.kind().equals(golden.kind()))
                .findFirst()
                .orElseThrow();
        Map<String, HostTensor> got = kind.run(golden);
        Map<String, HostTensor> expected = golden.expected();
        assertFalse(expected.isEmpty());
        expected.forEach((name, tensor) -> compare(name, tensor, got.get(name), golden.tolerance(name)));
    }

    private static void compare(String name, HostTensor expected, HostTensor got, double tolerance) {
        assertNotNull(got, name);
        assertArrayEquals(expected.shape(), got.shape(), name);
        if (expected instanceof LongTensor) {
            assertEquals(expected, got, name);
            return;
        }
        float[] e = ((FloatTensor) expected).data();
        float[] g = ((FloatTensor) got).data();
        double largest = 0;
        for (int i = 0; i < e.length; i++) {
            assertTrue(Float.isFinite(g[i]), name);
            largest = Math.max(largest, Math.abs((double) e[i] - g[i]));
        }
        assertTrue(largest <= tolerance, name + " differs by " + largest + ", allowed " + tolerance);
    }
}
