package io.surstream.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.cli.doctor.Finding.Level;
import io.surstream.contract.Sha256;
import io.surstream.models.hub.ModelResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCheckTest {
    @TempDir
    Path cache;

    @Test
    void bundled_model_is_there_and_is_what_the_build_carries() {
        Finding finding = ModelCheck.MODEL.of("playground", Optional.empty());

        assertEquals(Level.OK, finding.level(), finding::found);
    }

    @Test
    void other_revision_than_wanted_fails() {
        Finding finding = ModelCheck.MODEL.of("playground", Optional.of("0123456789abcdef"));

        assertEquals(Level.FAIL, finding.level());
        assertTrue(finding.found().endsWith("but it must be 0123456789abcdef"), finding::found);
    }

    @Test
    void file_that_is_not_what_its_list_says_is_named() throws IOException {
        Path model = new ModelResolver(cache, Map.of(), Map.of())
                .resolve("playground")
                .path();
        Path file = model.resolve("model_index.json");
        Files.writeString(model.resolve("SHA256SUMS"), Sha256.of(file) + "  model_index.json\n");
        assertEquals(
                Level.OK,
                ModelCheck.MODEL.of(model.toString(), Optional.empty()).level());

        Files.writeString(file, Files.readString(file) + "\n");

        Finding finding = ModelCheck.MODEL.of(model.toString(), Optional.empty());
        assertEquals(Level.FAIL, finding.level());
        assertTrue(finding.found().contains("[model_index.json]"), finding::found);
    }

    @Test
    void folder_that_is_no_model_fails() {
        assertEquals(
                Level.FAIL,
                ModelCheck.MODEL.of(cache.toString(), Optional.empty()).level());
    }

    @Test
    void bundled_teacher_is_there_too() {
        Finding finding = ModelCheck.TEACHER.of("playground", Optional.empty());

        assertEquals(Level.OK, finding.level(), finding::found);
        assertEquals("teacher", finding.check());
    }

    @Test
    void image_model_is_no_teacher() {
        Path model = new ModelResolver(cache, Map.of(), Map.of())
                .resolve("playground")
                .path();

        Finding finding = ModelCheck.TEACHER.of(model.toString(), Optional.empty());

        assertEquals(Level.FAIL, finding.level());
        assertTrue(finding.advice().contains("SURSTREAM_TEACHER"), finding::advice);
    }
}
