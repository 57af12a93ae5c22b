package io.surstream.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plan of every image, made from what the build left; one image is written, on no base, twice. */
class ImagesIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path WORK = ROOT.resolve("deploy/images/target/work");

    private static final Map<String, List<FileEntriesLayer>> LAYERS = new HashMap<>();

    @TempDir
    Path folder;

    static List<ServiceImage> images() {
        return ServiceImage.ALL;
    }

    static List<ServiceImage> listening() {
        return ServiceImage.ALL.stream().filter(ServiceImage::listens).toList();
    }

    @ParameterizedTest
    @MethodSource("images")
    void runs_as_a_numbered_user_that_is_not_root(ServiceImage image) throws Exception {
        assertEquals("65532:65532", plan(image).getUser());
    }

    @ParameterizedTest
    @MethodSource("images")
    void starts_java_with_the_flags_for_containers(ServiceImage image) throws Exception {
        List<String> start = plan(image).getEntrypoint();

        assertEquals("java", start.get(0));
        assertFalse(start.contains("-XX:+ExitOnOutOfMemoryError"), start.toString());
        assertTrue(files(image).containsKey("/app/" + start.get(start.size() - 1)), "what is run is there");
        assertFalse(start.toString().contains("agentlib"), "no debugger");
        assertEquals(
                "-XX:MaxRAMPercentage=" + image.heapPercent(),
                plan(image).getEnvironment().get("JAVA_TOOL_OPTIONS"));
    }

    @ParameterizedTest
    @MethodSource("images")
    void says_which_port_it_has_and_what_it_is(ServiceImage image) throws Exception {
        ContainerBuildPlan plan = plan(image);

        assertEquals(image.listens() ? Set.of(Port.tcp(8080)) : Set.of(), plan.getExposedPorts());
        for (String label : List.of("title", "description", "version", "licenses", "base.name")) {
            assertFalse(
                    plan.getLabels()
                            .getOrDefault("org.opencontainers.image." + label, "")
                            .isBlank(),
                    label);
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void only_the_cache_may_be_written(ServiceImage image) throws Exception {
        for (FileEntry entry : entries(image)) {
            boolean cache = entry.getExtractionPath().toString().equals("/var/cache/surstream");
            assertEquals(cache ? "65532:65532" : "", entry.getOwnership(), entry.getExtractionPath()::toString);
            assertEquals(cache ? "750" : "644", entry.getPermissions().toOctalString());
        }
        assertEquals("/var/cache/surstream", plan(image).getEnvironment().get("XDG_CACHE_HOME"));
    }

    @ParameterizedTest
    @MethodSource("images")
    void nothing_of_development_is_in_it(ServiceImage image) throws Exception {
        for (String file : files(image).keySet()) {
            assertFalse(
                    file.matches(".*(deployment|junit|devtools|quarkus-app-dependencies|\\.java$|-tests?\\.jar).*"),
                    file);
            assertFalse(file.matches(".*/(?!io\\.surstream\\.)[a-z]+\\.[a-z.]+-.*SNAPSHOT.*"), file);
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void native_code_is_of_one_platform(ServiceImage image) throws Exception {
        for (Path jar : files(image).values()) {
            if (jar.toString().endsWith(".jar")) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                        assertTrue(LinuxJar.isKept(entry.getName()), jar + " has " + entry.getName());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void libtorch_is_unpacked_in_it_when_the_service_has_networks(ServiceImage image) throws Exception {
        Map<String, Path> files = files(image);
        boolean torch = files.keySet().stream().anyMatch(file -> file.contains("pytorch-engine"));

        assertEquals(torch, files.containsKey("/opt/libtorch/libtorch_cpu.so"));
        assertEquals(torch, files.containsKey("/opt/libtorch/libdjl_torch.so"));
        assertEquals(
                torch ? "/opt/libtorch" : null, plan(image).getEnvironment().get("PYTORCH_LIBRARY_PATH"));
    }

    @ParameterizedTest
    @MethodSource("images")
    void licence_and_bill_of_materials_are_in_it(ServiceImage image) throws Exception {
        Map<String, Path> files = files(image);
        JsonNode bill =
                new ObjectMapper().readTree(files.get("/licenses/sbom.cdx.json").toFile());
        Map<String, String> versions = StreamSupport.stream(
                        bill.get("components").spliterator(), false)
                .collect(Collectors.toMap(
                        part -> part.path("name").asText(),
                        part -> part.path("version").asText(),
                        (one, other) -> one,
                        TreeMap::new));

        assertTrue(Files.readString(files.get("/licenses/LICENSE")).contains("Apache License"));
        assertEquals("CycloneDX", bill.get("bomFormat").asText());
        assertEquals("4.2.2", versions.get("kafka-clients"));
        for (JsonNode part : bill.get("components")) {
            assertFalse(part.path("version").asText().isEmpty(), part::toString);
            assertTrue(part.path("purl").asText().startsWith("pkg:maven/"), part::toString);
        }
        assertEquals(
                files.keySet().stream()
                        .filter(file -> file.matches("/app/(lib|app)/.*\\.jar"))
                        .count(),
                bill.get("components").size());
        if (files.containsKey("/opt/libtorch/libtorch_cpu.so")) {
            assertEquals("0.35.1", versions.get("pytorch-engine"));
            assertEquals("2.7.1", versions.get("pytorch-native-cpu"));
        }
    }

    @ParameterizedTest
    @MethodSource("listening")
    void the_health_probe_is_in_it(ServiceImage image) throws Exception {
        assertTrue(files(image).containsKey("/opt/surstream/io/surstream/images/probe/ReadyProbe.class"));
    }

    @Test
    void cuda_needs_its_libtorch_and_tells_so() throws Exception {
        int code = BuildImages.commandLine()
                .execute(
                        "--root",
                        ROOT.toString(),
                        "--tar",
                        folder.toString(),
                        "--base",
                        "scratch",
                        "--variant",
                        "cuda",
                        "prompt-encoder");

        assertEquals(1, code);
    }

    @Test
    void libtorch_for_cuda_is_in_the_bill_of_its_image() throws Exception {
        Path libtorch = Files.createDirectories(folder.resolve("libtorch"));
        for (String library : List.of("libtorch.so", "libtorch_cuda.so", "libc10_cuda.so")) {
            Files.createFile(libtorch.resolve(library));
        }
        ServiceImage encoder = images().stream()
                .filter(image -> image.name().equals("prompt-encoder"))
                .findFirst()
                .orElseThrow();

        new ImageLayers(ROOT, WORK).of(encoder, Variant.CUDA, Optional.of(libtorch));

        JsonNode bill = new ObjectMapper()
                .readTree(WORK.resolve("sbom/prompt-encoder-cuda.cdx.json").toFile());
        assertTrue(
                bill.get("components").findValuesAsText("purl").contains("pkg:generic/libtorch@2.7.1%2Bcu128"),
                bill::toString);
    }

    @Test
    void the_same_files_give_the_same_image() throws Exception {
        byte[] first = written("first");
        byte[] second = written("second");

        assertEquals(-1, Arrays.mismatch(first, second));
    }

    private byte[] written(String name) throws Exception {
        Path tar = folder.resolve(name);
        int code = BuildImages.commandLine()
                .execute("--root", ROOT.toString(), "--tar", tar.toString(), "--base", "scratch", "gateway");
        assertEquals(0, code);
        return Files.readAllBytes(tar.resolve("gateway.tar"));
    }

    private static ContainerBuildPlan plan(ServiceImage image) throws Exception {
        return new ImagePlan(BaseImage.DEFAULT, Variant.CPU, "0", "", ImageFormat.OCI)
                .of(image, layers(image))
                .toContainerBuildPlan();
    }

    private static List<FileEntriesLayer> layers(ServiceImage image) throws Exception {
        List<FileEntriesLayer> layers = LAYERS.get(image.name());
        if (layers == null) {
            layers = new ImageLayers(ROOT, WORK).of(image, Variant.CPU, Optional.empty());
            LAYERS.put(image.name(), layers);
        }
        return layers;
    }

    private static List<FileEntry> entries(ServiceImage image) throws Exception {
        return layers(image).stream()
                .flatMap(layer -> layer.getEntries().stream())
                .toList();
    }

    private static Map<String, Path> files(ServiceImage image) throws Exception {
        return entries(image).stream()
                .collect(Collectors.toMap(
                        entry -> entry.getExtractionPath().toString(),
                        FileEntry::getSourceFile,
                        (a, b) -> a,
                        TreeMap::new));
    }
}
