package io.surstream.it.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.it.processes.ServiceProcess;
import io.surstream.it.processes.TestModel;
import io.surstream.models.hub.ModelResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is missing, torn or of another family stops the start as any wrong setting does: one line, no stack trace. */
class UnusableModelIT {
    @TempDir
    Path folder;

    @Test
    void every_service_names_the_setting_the_model_and_what_is_wrong_with_it() throws IOException {
        Path missing = folder.resolve("missing");
        Path torn = copy("torn");
        cut(torn.resolve("text_encoder/model.safetensors"));
        Path other = copy("other");
        Path index = other.resolve("model_index.json");
        Files.writeString(index, Files.readString(index).replace("StableDiffusion", "StableDiffusionXL"));

        // All at once: each of them ends by itself.
        ServiceProcess encoder =
                ServiceProcess.start("prompt-encoder", Map.of("surstream.encoder.model", torn.toString()));
        ServiceProcess sampler =
                ServiceProcess.start("image-sampler", Map.of("surstream.sampler.model", other.toString()));
        ServiceProcess teacher =
                ServiceProcess.start("llm-teacher", Map.of("surstream.teacher.model", other.toString()));
        ServiceProcess evaluator = ServiceProcess.start("evaluator", Map.of("surstream.model", missing.toString()));
        ServiceProcess all = ServiceProcess.up(folder.resolve("data"), List.of("--model", missing.toString()));
        ServiceProcess unasked =
                ServiceProcess.up(folder.resolve("unasked"), List.of(), Map.of("surstream.model", missing.toString()));

        requireRefusal(encoder, "surstream.encoder.model must be", torn, "is cut off");
        requireRefusal(sampler, "surstream.sampler.model must be", other, "_class_name must be one of");
        requireRefusal(teacher, "surstream.teacher.model must be", other, "lacks config.json");
        requireRefusal(evaluator, "surstream.evaluator.model must be", missing, "neither a bundled model nor a folder");
        requireRefusal(all, "surstream up: surstream.", missing, "neither a bundled model");
        assertEquals(1, all.output().lines().count(), all.output());
        requireRefusal(unasked, "surstream up: surstream.", missing, "neither a bundled model");
    }

    private static void requireRefusal(ServiceProcess service, String setting, Path model, String why) {
        int exit = service.awaitEnd();
        String said = service.output();
        assertEquals(1, exit, said);
        assertTrue(said.contains(setting) && said.contains(" but is " + model + ": ") && said.contains(why), said);
        assertFalse(said.contains("\tat "), said);
    }

    private Path copy(String name) throws IOException {
        Path model =
                ModelResolver.standard(Map.of()).resolve(TestModel.REFERENCE).path();
        Path copy = folder.resolve(name);
        try (Stream<Path> files = Files.walk(model)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(model.relativize(file)));
            }
        }
        return copy;
    }

    private static void cut(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    }
}
