package io.surstream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    @TempDir
    Path model;

    @Test
    void inspect_tells_how_the_scheduler_differs_from_its_file() throws IOException {
        Files.createDirectories(model.resolve("scheduler"));
        Files.writeString(model.resolve("model_index.json"), """
                {"_class_name": "StableDiffusionPipeline", "scheduler": ["diffusers", "DDIMScheduler"]}
                """);
        Files.writeString(model.resolve("scheduler/scheduler_config.json"), """
                {"_class_name": "PNDMScheduler", "steps_offset": 0}
                """);
        StringWriter out = new StringWriter();

        int code = Surstream.commandLine().setOut(new PrintWriter(out)).execute("inspect", model.toString(), "--json");

        JsonNode files = new ObjectMapper().readTree(out.toString()).path("files");
        JsonNode corrections = files.path(files.size() - 1).path("corrections");
        assertEquals(0, code);
        assertEquals(3, corrections.size(), corrections::toString);
        assertTrue(corrections.path(0).asText().contains("DDIMScheduler"), corrections::toString);
        assertTrue(corrections.path(1).asText().contains("steps_offset"), corrections::toString);
        assertTrue(corrections.path(2).asText().contains("clip_sample"), corrections::toString);
    }
}
