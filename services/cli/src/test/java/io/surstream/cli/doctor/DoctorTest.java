package io.surstream.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.cli.remote.RunningInstance;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorTest {
    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final CommandLine doctor = new CommandLine(new Doctor()).setOut(new PrintWriter(out));

    @Test
    void before_anything_runs_nothing_fails_and_what_to_start_is_said() throws IOException {
        int exit = doctor.execute("--data", data.toString(), "--json");

        JsonNode document = new ObjectMapper().readTree(out.toString());
        assertEquals(0, exit, out::toString);
        assertTrue(document.path("ok").asBoolean());
        JsonNode kafka = find(document, "kafka");
        assertEquals("warn", kafka.path("level").asText());
        assertTrue(kafka.path("advice").asText().contains("./surstream up"), kafka::toString);
        assertEquals("ok", find(document, "model").path("level").asText());
        assertEquals("ok", find(document, "teacher").path("level").asText());
    }

    @Test
    void check_that_fails_makes_the_exit_code_1_and_says_what_to_do() {
        int exit = doctor.execute("--data", data.toString(), "--model", data.toString());

        assertEquals(1, exit);
        assertTrue(out.toString().contains("fail  model "), out::toString);
        assertTrue(out.toString().contains("→ give a folder in diffusers layout"), out::toString);
    }

    @Test
    void teacher_is_checked_as_the_model_is() {
        int exit = doctor.execute("--data", data.toString(), "--teacher", data.toString());

        assertEquals(1, exit);
        assertTrue(out.toString().contains("fail  teacher "), out::toString);
    }

    @Test
    void options_win_over_the_running_deployment_and_the_deployment_over_defaults() {
        RunningInstance up = new RunningInstance(1, "http://h", "up:9092", "http://up:9000", "key", "secret");

        DoctorSettings settings = new DoctorSettings(Map.of(DoctorSettings.KAFKA, "given:9092"), Optional.of(up));

        assertEquals("given:9092", settings.kafka().bootstrapServers());
        assertEquals("http://up:9000", settings.storage().endpoint().toString());
        assertEquals("secret", settings.storage().secretKey());
    }

    @Test
    void nobody_names_a_cluster_by_default() {
        DoctorSettings settings = new DoctorSettings(Map.of(), Optional.empty());

        assertFalse(settings.namesKafka());
        assertFalse(settings.namesStorage());
    }

    private static JsonNode find(JsonNode document, String check) {
        for (JsonNode each : document.path("checks")) {
            if (each.path("check").asText().equals(check)) {
                return each;
            }
        }
        throw new AssertionError(check + " is not in " + document);
    }
}
