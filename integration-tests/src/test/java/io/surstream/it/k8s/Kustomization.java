package io.surstream.it.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Renders an overlay as {@code kubectl kustomize} does, so that a machine without kubectl checks what is applied and not what
 * is written. It knows what the overlays use and refuses everything else; where kubectl is there, a test compares the two.
 */
final class Kustomization {
    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "namespace",
            "resources",
            "components",
            "patches",
            "configMapGenerator",
            "images",
            "replicas");
    private static final Set<String> GENERATOR = Set.of("name", "literals", "files", "options");
    private static final Set<String> GENERATOR_OPTIONS = Set.of("labels", "disableNameSuffixHash");
    private static final Set<String> WITHOUT_NAMESPACE = Set.of("Namespace");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final List<ObjectNode> resources = new ArrayList<>();
    private final Set<String> generated = new HashSet<>();

    private Kustomization() {}

    /** @return every resource, in no particular order */
    static List<ObjectNode> render(Path folder) {
        Kustomization rendering = new Kustomization();
        rendering.accumulate(folder.normalize());
        rendering.hashGeneratedNames();
        return List.copyOf(rendering.resources);
    }

    private void accumulate(Path folder) {
        ObjectNode kustomization =
                Yaml.documents(folder.resolve("kustomization.yaml")).get(0);
        refuseUnknown(folder + "/kustomization.yaml", kustomization, KNOWN);
        for (JsonNode resource : kustomization.path("resources")) {
            Path path = folder.resolve(resource.asText()).normalize();
            if (Files.isDirectory(path)) {
                accumulate(path);
            } else {
                resources.addAll(Yaml.documents(path));
            }
        }
        kustomization.path("configMapGenerator").forEach(generator -> generate(folder, generator));
        kustomization
                .path("components")
                .forEach(component ->
                        accumulate(folder.resolve(component.asText()).normalize()));
        kustomization.path("patches").forEach(patch -> patch(folder, patch));
        kustomization.path("images").forEach(this::setImage);
        kustomization.path("replicas").forEach(this::setReplicas);
        if (kustomization.has("namespace")) {
            setNamespace(kustomization.get("namespace").asText());
        }
    }

    private void generate(Path folder, JsonNode generator) {
        String name = generator.get("name").asText();
        refuseUnknown("ConfigMap " + name, generator, GENERATOR);
        JsonNode options = generator.path("options");
        refuseUnknown("ConfigMap " + name + ", options", options, GENERATOR_OPTIONS);
        ObjectNode configMap = JsonNodeFactory.instance.objectNode();
        configMap.put("apiVersion", "v1").put("kind", "ConfigMap");
        ObjectNode metadata = configMap.putObject("metadata").put("name", name);
        if (options.has("labels")) {
            metadata.set("labels", options.get("labels"));
        }
        ObjectNode data = configMap.putObject("data");
        generator.path("literals").forEach(literal -> {
            String[] pair = literal.asText().split("=", 2);
            data.put(pair[0], pair[1]);
        });
        generator.path("files").forEach(file -> addFile(data, folder, file.asText()));
        resources.add(configMap);
        if (!options.path("disableNameSuffixHash").asBoolean()) {
            generated.add(name);
        }
    }

    private static void addFile(ObjectNode data, Path folder, String name) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder)) {
            throw new IllegalArgumentException(file + " is outside of " + folder + ", where kubectl reads no file");
        }
        try {
            data.put(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseUnknown(String what, JsonNode node, Set<String> known) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        what + ": " + name + " is not among what is rendered here: " + known);
            }
        });
    }

    private void patch(Path folder, JsonNode reference) {
        ObjectNode patch =
                Yaml.documents(folder.resolve(reference.get("path").asText())).get(0);
        JsonNode target = reference.path("target");
        Pattern kinds = Pattern.compile(target.path("kind").asText(kind(patch)));
        Pattern names = Pattern.compile(
                target.isMissingNode() ? name(patch) : target.path("name").asText(".*"));
        ObjectNode body = patch.deepCopy();
        body.remove(List.of("apiVersion", "kind"));
        ((ObjectNode) body.get("metadata")).remove("name");
        List<ObjectNode> chosen = resources.stream()
                .filter(resource -> kinds.matcher(kind(resource)).matches()
                        && names.matcher(name(resource)).matches())
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    folder.resolve(reference.get("path").asText()) + " patches nothing");
        }
        chosen.forEach(resource -> StrategicMerge.merge(resource, body));
    }

    private void setImage(JsonNode image) {
        for (ObjectNode resource : resources) {
            for (JsonNode container : resource.at("/spec/template/spec/containers")) {
                String name = container.get("image").asText().replaceFirst(":[^:/]*$", "");
                if (name.equals(image.get("name").asText())) {
                    ((ObjectNode) container)
                            .put("image", name + ":" + image.get("newTag").asText());
                }
            }
        }
    }

    private void setReplicas(JsonNode wanted) {
        resources.stream()
                .filter(resource -> Set.of("Deployment", "StatefulSet").contains(kind(resource)))
                .filter(resource -> name(resource).equals(wanted.get("name").asText()))
                .forEach(resource -> ((ObjectNode) resource.get("spec")).set("replicas", wanted.get("count")));
    }

    private void setNamespace(String namespace) {
        resources.stream()
                .filter(resource -> !WITHOUT_NAMESPACE.contains(kind(resource)))
                .forEach(resource -> ((ObjectNode) resource.get("metadata")).put("namespace", namespace));
    }

    /** A generated ConfigMap carries a digest of its content in its name, so that a change of it rolls the pods. */
    private void hashGeneratedNames() {
        for (String name : generated) {
            ObjectNode configMap = named("ConfigMap", name);
            String hashed = name + "-" + digest(configMap.get("data"));
            ((ObjectNode) configMap.get("metadata")).put("name", hashed);
            resources.forEach(resource -> resource.findValues("configMapRef").stream()
                    .filter(reference -> reference.path("name").asText().equals(name))
                    .forEach(reference -> ((ObjectNode) reference).put("name", hashed)));
        }
    }

    private static String digest(JsonNode data) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.set("data", data);
        // kustomize takes the digest before the name is known to it.
        content.put("kind", "ConfigMap").put("name", "");
        try {
            byte[] json = JSON.writeValueAsString(JSON.treeToValue(content, Object.class))
                    .getBytes(StandardCharsets.UTF_8);
            String hex = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(json));
            // kustomize's alphabet: nothing that could be read as a word.
            return hex.substring(0, 10)
                    .replace('0', 'g')
                    .replace('1', 'h')
                    .replace('3', 'k')
                    .replace('a', 'm')
                    .replace('e', 't');
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode named(String kind, String name) {
        return resources.stream()
                .filter(resource ->
                        kind(resource).equals(kind) && name(resource).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + kind + " " + name));
    }

    static String kind(JsonNode resource) {
        return resource.get("kind").asText();
    }

    static String name(JsonNode resource) {
        return resource.at("/metadata/name").asText();
    }
}
