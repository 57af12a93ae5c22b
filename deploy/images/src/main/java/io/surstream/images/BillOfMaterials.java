package io.surstream.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What is in one image, as a CycloneDX document: those components of the whole project's bill whose jars are there, and the libtorch
 * that did not come in a jar.
 */
final class BillOfMaterials {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BillOfMaterials() {}

    /**
     * Written to the file.
     *
     * @param project the project's bill, which {@code ./mvnw package} makes
     * @throws IllegalStateException when it is not there, or lacks one of the app's jars
     */
    static Path write(Path project, ServiceImage image, Variant variant, BuiltApp app, Path file) throws IOException {
        if (!Files.isRegularFile(project)) {
            throw new IllegalStateException(project + " is missing; ./mvnw package makes it");
        }
        JsonNode whole = JSON.readTree(project.toFile());
        ObjectNode bill = JSON.createObjectNode()
                .put("bomFormat", "CycloneDX")
                .put("specVersion", whole.get("specVersion").asText())
                .put("version", 1);
        bill.putObject("metadata")
                .putObject("component")
                .put("type", "container")
                .put("name", "surstream/" + image.name())
                .put("version", whole.at("/metadata/component/version").asText());
        ArrayNode components = bill.putArray("components");
        for (Path jar : app.libraries()) {
            String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
            components.add(component(whole, name)
                    .orElseThrow(() -> new IllegalStateException(
                            project + " does not list " + jar + "; ./mvnw clean package creates both again")));
        }
        if (variant == Variant.CUDA && app.hasTorch()) {
            components.add(cudaLibtorch());
        }
        Files.createDirectories(file.getParent());
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), bill);
        return file;
    }

    private static JsonNode cudaLibtorch() {
        String version = Libtorch.VERSION + "+" + Variant.CUDA.flavor();
        return JSON.createObjectNode()
                .put("type", "library")
                .put("name", "libtorch")
                .put("version", version)
                .put("purl", "pkg:generic/libtorch@" + version.replace("+", "%2B"));
    }

    /**
     * A file is named group.artifact-version or artifact-version; a classifier may follow. The longest name that fits
     * is it.
     */
    private static Optional<JsonNode> component(JsonNode whole, String file) {
        return StreamSupport.stream(whole.get("components").spliterator(), false)
                .filter(each ->
                        fits(file, key(each)) || fits(file, each.path("group").asText() + "." + key(each)))
                .max(Comparator.comparingInt(each -> key(each).length()));
    }

    private static String key(JsonNode component) {
        return component.path("name").asText() + "-" + component.path("version").asText();
    }

    private static boolean fits(String file, String name) {
        return file.equals(name) || file.startsWith(name + "-");
    }
}
