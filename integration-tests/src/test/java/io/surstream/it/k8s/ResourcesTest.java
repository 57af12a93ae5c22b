package io.surstream.it.k8s;

import static io.surstream.it.k8s.Kustomization.name;
import static io.surstream.it.k8s.Manifests.container;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CPUs, memory and GPUs that pods ask for, against what was measured and what they use. */
class ResourcesTest {
    /** MB "when ready" and "at work" in docs/performance.md, by service: a number or a range each. */
    private static final Map<String, List<String>> MEASURED = measured();

    static List<Manifests> overlays() {
        return Manifests.all().toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void every_container_requests_what_it_needs_and_is_bounded_in_memory(Manifests overlay) {
        List<String> problems = overlay.workloads().stream()
                .flatMap(workload -> problems(name(workload), container(workload)).stream())
                .toList();

        assertEquals(List.of(), problems);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void kafka_requests_what_it_needs_too(Manifests overlay) {
        JsonNode operators = overlay.named("Kafka", "surstream").at("/spec/entityOperator");
        List<String> problems = Stream.of(
                        overlay.named("KafkaNodePool", "brokers").get("spec"),
                        operators.get("topicOperator"),
                        operators.get("userOperator"))
                .flatMap(container -> problems("Kafka", container).stream())
                .toList();

        assertEquals(List.of(), problems);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/requests/cpu", "/requests/memory", "/limits/memory", "/requests", "/limits"})
    void a_missing_request_or_bound_is_found(String missing) {
        ObjectNode container =
                container(Manifests.of("cpu").named("Deployment", "gateway")).deepCopy();
        int last = missing.lastIndexOf('/');
        ((ObjectNode) container.at("/resources" + missing.substring(0, last))).remove(missing.substring(last + 1));

        assertTrue(!problems("gateway", container).isEmpty());
    }

    /** Idle memory alone says little: networks take theirs when they work. */
    @Test
    void every_service_was_measured_when_ready_and_at_work() {
        MEASURED.forEach((service, cells) -> assertAll(
                service, cells.stream().map(cell -> () -> assertTrue(cell.matches(".*\\d.*"), "cell '" + cell + "'"))));
        assertEquals(WorkloadsTest.SERVICES, MEASURED.keySet());
    }

    @Test
    void a_request_below_what_was_measured_is_found() {
        ObjectNode container = container(Manifests.of("cpu").named("Deployment", "image-sampler"))
                .deepCopy();
        ((ObjectNode) container.at("/resources/requests")).put("memory", "256Mi");
        ((ObjectNode) container.at("/resources/limits")).put("memory", "256Mi");

        assertTrue(problems("image-sampler", container).get(0).contains("was measured with"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void threads_are_no_more_than_the_cpus_asked_for(Manifests overlay) {
        for (JsonNode workload : overlay.services()) {
            for (String variable : List.of("SURSTREAM_THREADS", "OMP_NUM_THREADS")) {
                String threads = overlay.environment(workload).get(variable);
                if (threads != null) {
                    assertEquals(
                            container(workload).at("/resources/requests/cpu").asText(), threads, name(workload));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void gpus_are_asked_for_exactly_where_they_are_used(Manifests overlay) {
        for (JsonNode workload : overlay.services()) {
            boolean cuda = "cuda".equals(overlay.environment(workload).get("SURSTREAM_DEVICE"));
            JsonNode pod = workload.at("/spec/template/spec");

            assertEquals(cuda, container(workload).at("/resources/limits").has("nvidia.com/gpu"), name(workload));
            assertEquals(cuda, container(workload).get("image").asText().endsWith("-cuda"), name(workload));
            assertEquals(cuda, pod.at("/nodeSelector").has("nvidia.com/gpu.present"), name(workload));
            assertEquals(cuda, pod.at("/tolerations/0/key").asText().equals("nvidia.com/gpu"), name(workload));
        }
        boolean cudaSomewhere = overlay.services().stream().anyMatch(workload -> "cuda"
                .equals(overlay.environment(workload).get("SURSTREAM_DEVICE")));
        assertEquals(!overlay.overlay().equals("cpu"), cudaSomewhere);
    }

    private static List<String> problems(String name, JsonNode container) {
        JsonNode resources = container.path("resources");
        List<String> problems = new ArrayList<>();
        if (!resources.path("requests").hasNonNull("cpu")) {
            problems.add(name + " requests no CPU");
        }
        JsonNode memory = resources.at("/requests/memory");
        if (!memory.isTextual() || !memory.equals(resources.at("/limits/memory"))) {
            problems.add(
                    name + " requests the memory " + memory + " but is bounded at " + resources.at("/limits/memory"));
        } else if (MEASURED.containsKey(name) && Quantity.bytes(memory.asText()) < largest(name) * 1_250_000) {
            problems.add(name + " requests " + memory + " but was measured with " + largest(name) + " MB");
        }
        return problems;
    }

    private static Map<String, List<String>> measured() {
        Pattern row = Pattern.compile(
                "\\| (" + String.join("|", WorkloadsTest.SERVICES) + ") \\|[^|]*\\|[^|]*\\|([^|]*)\\|([^|]*)\\|.*");
        try (Stream<String> lines = Files.lines(Manifests.ROOT.resolve("docs/performance.md"))) {
            return lines.map(row::matcher)
                    .filter(Matcher::matches)
                    .collect(Collectors.toMap(
                            found -> found.group(1), found -> List.of(found.group(2), found.group(3))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long largest(String service) {
        return Pattern.compile("\\d+")
                .matcher(String.join(" ", MEASURED.get(service)))
                .results()
                .mapToLong(number -> Long.parseLong(number.group()))
                .max()
                .orElseThrow();
    }
}
