package io.surstream.it.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KustomizationTest {

    @TempDir
    Path folder;

    @Test
    void overlays_are_rendered_as_kubectl_does_where_there_is_one() throws Exception {
        Optional<Path> kubectl = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(path -> Path.of(path, "kubectl"))
                .filter(Files::isExecutable)
                .findFirst();
        System.out.println(kubectl.map(path -> "overlays compared with " + path + " kustomize")
                .orElse("no kubectl here: overlays rendered by the test alone"));
        if (kubectl.isPresent()) {
            for (Manifests overlay : Manifests.all().toList()) {
                Map<String, JsonNode> kubectls = byName(kubectl(kubectl.get(), overlay));
                Map<String, JsonNode> ours = byName(overlay.resources());

                assertEquals(kubectls.keySet(), ours.keySet(), overlay.toString());
                kubectls.forEach((name, resource) -> assertEquals(resource, ours.get(name), overlay + ", " + name));
            }
        }
    }

    @Test
    void patches_merge_named_elements_replace_other_lists_and_take_away_what_is_null() throws IOException {
        file("pod.yaml", """
                kind: Deployment
                metadata: {name: kiln}
                spec:
                  replicas: 3
                  template:
                    spec:
                      containers:
                        - {name: app, image: kiln, args: [a, b], env: [{name: HEAT, value: low}]}
                """);
        file("patch.yaml", """
                kind: Deployment
                metadata: {name: whatever}
                spec:
                  replicas: null
                  template:
                    spec:
                      containers:
                        - {name: app, args: [c], env: [{name: FUEL, value: wood}]}
                        - {name: fan, image: fan}
                """);
        file("kustomization.yaml", """
                resources: [pod.yaml]
                patches: [{path: patch.yaml, target: {kind: Deployment|Job}}]
                images: [{name: kiln, newTag: "7"}]
                namespace: pottery
                """);

        ObjectNode rendered = Kustomization.render(folder).get(0);

        assertEquals(Yaml.documents("""
                kind: Deployment
                metadata: {name: kiln, namespace: pottery}
                spec:
                  template:
                    spec:
                      containers:
                        - name: app
                          image: kiln:7
                          args: [c]
                          env: [{name: HEAT, value: low}, {name: FUEL, value: wood}]
                        - {name: fan, image: fan}
                """).get(0), rendered);
    }

    @Test
    void what_is_not_rendered_here_is_refused() throws IOException {
        file("kustomization.yaml", "namePrefix: a-\n");

        var refusal = assertThrows(IllegalArgumentException.class, () -> Kustomization.render(folder));

        assertTrue(refusal.getMessage().contains("namePrefix is not among"), refusal.getMessage());
    }

    @Test
    void files_become_a_config_map_by_their_names() throws IOException {
        file("glaze.json", "{}");
        file("kustomization.yaml", """
                configMapGenerator:
                  - {name: recipes, files: [glaze.json], options: {disableNameSuffixHash: true, labels: {kind: glaze}}}
                """);

        ObjectNode rendered = Kustomization.render(folder).get(0);

        assertEquals(Yaml.documents("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: recipes, labels: {kind: glaze}}
                data: {glaze.json: "{}"}
                """).get(0), rendered);
    }

    @Test
    void a_file_from_outside_of_the_folder_is_refused_as_kubectl_does() throws IOException {
        file("kustomization.yaml", "configMapGenerator: [{name: recipes, files: [../glaze.json]}]\n");

        var refusal = assertThrows(IllegalArgumentException.class, () -> Kustomization.render(folder));

        assertTrue(refusal.getMessage().contains("outside of"), refusal.getMessage());
    }

    @Test
    void a_patch_of_nothing_is_refused() throws IOException {
        file("patch.yaml", "kind: Deployment\nmetadata: {name: kiln}\n");
        file("kustomization.yaml", "patches: [{path: patch.yaml}]\n");

        var refusal = assertThrows(IllegalArgumentException.class, () -> Kustomization.render(folder));

        assertTrue(refusal.getMessage().endsWith("patches nothing"), refusal.getMessage());
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static List<ObjectNode> kubectl(Path kubectl, Manifests overlay) throws Exception {
        Process process = new ProcessBuilder(
                        kubectl.toString(),
                        "kustomize",
                        Manifests.OVERLAYS.resolve(overlay.overlay()).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String rendered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return Yaml.documents(rendered);
    }

    /** Elements of a list that have a name may stand in any order. */
    private static Map<String, JsonNode> byName(List<ObjectNode> resources) {
        Map<String, JsonNode> byName = new TreeMap<>();
        resources.forEach(resource -> byName.put(
                Kustomization.kind(resource) + "/" + Kustomization.name(resource), sorted(resource.deepCopy())));
        return byName;
    }

    private static JsonNode sorted(JsonNode node) {
        node.forEach(KustomizationTest::sorted);
        if (node instanceof ArrayNode list && list.path(0).has("name")) {
            List<JsonNode> elements = Manifests.stream(list)
                    .sorted(Comparator.comparing(element -> element.path("name").asText()))
                    .toList();
            list.removeAll().addAll(elements);
        }
        return node;
    }
}
