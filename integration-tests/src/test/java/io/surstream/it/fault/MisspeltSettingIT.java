package io.surstream.it.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.it.processes.ServiceProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A setting that nothing reads stops the start of every service, and the message suggests the right name. */
class MisspeltSettingIT {
    private static final List<String> SERVICES =
            List.of("gateway", "prompt-encoder", "image-sampler", "curator", "llm-teacher", "trainer", "evaluator");

    @TempDir
    Path folder;

    @Test
    void every_service_reports_all_unknown_names_and_exits_with_1() {
        Map<String, String> properties = Map.of("surstream.modell", "playground");
        Map<String, String> variables =
                Map.of("SURSTREAM_KAFKA_INSTANC", "one", "SURSTREAM_GATEWAY_PORT_8080_TCP_PORT", "8080");
        // In parallel: each of them exits without further action.
        List<ServiceProcess> processes = new ArrayList<>();
        SERVICES.forEach(service -> processes.add(ServiceProcess.start(service, properties, variables)));
        ServiceProcess up = ServiceProcess.up(folder.resolve("data"), List.of(), properties);

        for (ServiceProcess process : processes) {
            requireRefusal(process, "surstream.modell", "surstream.model?");
            requireRefusal(process, "SURSTREAM_KAFKA_INSTANC", "SURSTREAM_KAFKA_INSTANCE?");
            assertFalse(process.output().contains("8080_TCP"), process.output());
        }
        requireRefusal(up, "surstream.modell", "surstream.model?");
    }

    private static void requireRefusal(ServiceProcess process, String name, String meant) {
        int exit = process.awaitEnd();
        String output = process.output();
        assertEquals(1, exit, output);
        assertTrue(output.contains(name + " ") && output.contains(" " + meant), output);
        assertFalse(output.contains("\tat "), output);
    }
}
