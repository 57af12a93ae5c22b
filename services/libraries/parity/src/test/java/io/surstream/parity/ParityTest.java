package io.surstream.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.ModelException;
import io.surstream.testsupport.fixtures.Golden;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParityTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pipeline-ddim",
                "pipeline-pndm",
                "pipeline-dpmpp2m-karras",
                "schedulers",
                "seeds",
                "llama-teacher",
                "sur-losses",
                "sur-train-step"
            })
    void every_output_is_within_its_tolerance(String name) {
        ParityReport report = Parity.run(Golden.folder(name), ParityOptions.onCpu());

        assertTrue(report.passed(), report.table());
    }

    @Test
    void a_kind_that_nobody_knows_is_a_failure_and_not_a_skip() throws IOException {
        Files.writeString(temp.resolve("case.json"), "{\"kind\": \"telepathy\"}");

        ParityReport report = Parity.run(temp, ParityOptions.onCpu());

        assertFalse(report.passed());
        assertEquals(1, report.failures());
        assertTrue(report.rows().get(0).reason().contains("telepathy"), report.table());
    }

    @Test
    void a_heading_has_nothing_to_run_and_alone_proves_nothing() throws IOException {
        Files.writeString(temp.resolve("case.json"), "{\"kind\": \"group\"}");

        ParityReport report = Parity.run(temp, ParityOptions.onCpu());

        assertEquals(List.of(), report.rows());
        assertFalse(report.passed());
    }

    @Test
    void a_case_that_is_broken_fails_and_the_others_still_run() throws IOException {
        copy("schedulers/ddim-eps", "a");
        copy("schedulers/ddim-eps", "b");
        Files.delete(temp.resolve("a/io.safetensors"));
        Files.createDirectories(temp.resolve("c"));
        Files.writeString(temp.resolve("c/case.json"), "no json");

        ParityReport report = Parity.run(temp, ParityOptions.onCpu());

        assertEquals(
                List.of("a", "c"),
                report.rows().stream()
                        .filter(row -> !row.passed())
                        .map(ParityRow::caseName)
                        .toList());
        assertTrue(report.rows().stream().anyMatch(row -> row.caseName().equals("b") && row.passed()));
    }

    @Test
    void a_parameter_whose_gradient_was_noise_may_be_off_by_the_steps_that_adam_makes_of_it() {
        CaseFolder folder = CaseFolder.open(Golden.folder("sur-train-step/token-flow"));
        String bias = "step3.param.transformer_encoder.layers.0.self_attn.in_proj_bias";

        ElementMask mask = ElementMask.of(folder, bias, folder.tensor(bias));

        // the middle third is the key's bias, whose true gradient is zero
        int third = folder.tensor(bias).size() / 3;
        assertTrue(mask.leavesOut(third));
        assertTrue(mask.allows(2 * 0.001 * 3));
        assertFalse(mask.allows(2.1 * 0.001 * 3));
    }

    @Test
    void an_output_beyond_its_tolerance_fails_with_the_largest_error() throws IOException {
        copy("seeds", "seeds");
        Path json = temp.resolve("seeds/case.json");
        Files.writeString(json, Files.readString(json).replace("2e-06", "0"));

        ParityReport report = Parity.run(temp, ParityOptions.onCpu());

        ParityRow worst =
                report.rows().stream().filter(row -> !row.passed()).findFirst().orElseThrow();
        assertTrue(worst.largestError() > 0 && worst.largestError() < 2e-6, report.table());
        assertTrue(report.table().contains("FAILED"), report.table());
    }

    @Test
    void one_case_or_one_folder_can_be_asked_for() throws IOException {
        copy("schedulers/ddim-eps", "schedulers/ddim-eps");
        copy("schedulers/ddim-v", "schedulers/ddim-v");
        copy("seeds", "seeds");

        assertEquals(List.of("seeds"), names("seeds"));
        assertEquals(List.of("schedulers/ddim-eps", "schedulers/ddim-v"), names("schedulers"));
        assertEquals(List.of("schedulers/ddim-v"), names("schedulers/ddim-v"));
        assertThrows(ModelException.class, () -> names("sched"));
    }

    private List<String> names(String only) {
        ParityOptions options = new ParityOptions(Optional.of(only), TorchDevice.CPU, Optional.empty());
        return Parity.run(temp, options).rows().stream()
                .map(ParityRow::caseName)
                .distinct()
                .toList();
    }

    @Test
    void our_tensors_are_saved_under_the_names_of_the_case() throws IOException {
        copy("schedulers/euler-eps", "euler");
        Path out = temp.resolve("out");

        Parity.run(temp, new ParityOptions(Optional.empty(), TorchDevice.CPU, Optional.of(out)));

        CaseFolder folder = CaseFolder.open(temp.resolve("euler"));
        try (SafetensorsFile got = SafetensorsFile.open(out.resolve("euler/got.safetensors"))) {
            assertEquals(folder.expected().keySet(), got.names().stream().collect(Collectors.toSet()));
            assertArrayEquals(
                    folder.floats("n5.sigmas").data(),
                    got.get("n5.sigmas").toFloat().data(),
                    2e-4f);
        }
    }

    private void copy(String golden, String name) throws IOException {
        Path target = Files.createDirectories(temp.resolve(name));
        try (Stream<Path> files = Files.list(Golden.folder(golden))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName().toString()));
            }
        }
    }
}
