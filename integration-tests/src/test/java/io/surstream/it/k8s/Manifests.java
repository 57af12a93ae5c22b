package io.surstream.it.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One overlay, rendered. */
record Manifests(String overlay, List<ObjectNode> resources) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path OVERLAYS = ROOT.resolve("k8s/overlays");

    /** Kinds whose spec holds a pod template. */
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "Job");

    private static final Map<String, Manifests> RENDERED = new HashMap<>();

    static Stream<Manifests> all() {
        return Stream.of("cpu", "gpu", "production").map(Manifests::of);
    }

    static synchronized Manifests of(String overlay) {
        return RENDERED.computeIfAbsent(
                overlay, name -> new Manifests(name, Kustomization.render(OVERLAYS.resolve(name))));
    }

    /** Of the kind, in the order of the files. */
    List<ObjectNode> kind(String kind) {
        return resources.stream()
                .filter(resource -> Kustomization.kind(resource).equals(kind))
                .toList();
    }

    List<ObjectNode> workloads() {
        return resources.stream()
                .filter(resource -> WORKLOADS.contains(Kustomization.kind(resource)))
                .toList();
    }

    /** Workloads that run for good. */
    List<ObjectNode> services() {
        return workloads().stream()
                .filter(workload -> !Kustomization.kind(workload).equals("Job"))
                .toList();
    }

    ObjectNode named(String kind, String name) {
        return kind(kind).stream()
                .filter(resource -> Kustomization.name(resource).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(this + " has no " + kind + " " + name));
    }

    /** All workloads of ours have one container. */
    static JsonNode container(JsonNode workload) {
        return workload.at("/spec/template/spec/containers/0");
    }

    /** Environment of the container as far as manifests say it, ConfigMaps included; a value from elsewhere is empty. */
    Map<String, String> environment(JsonNode workload) {
        Map<String, String> environment = new HashMap<>();
        for (JsonNode source : container(workload).path("envFrom")) {
            named("ConfigMap", source.at("/configMapRef/name").asText())
                    .get("data")
                    .properties()
                    .forEach(entry ->
                            environment.put(entry.getKey(), entry.getValue().asText()));
        }
        container(workload)
                .path("env")
                .forEach(variable -> environment.put(
                        variable.get("name").asText(), variable.path("value").asText()));
        return environment;
    }

    static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    @Override
    public String toString() {
        return "overlay " + overlay;
    }
}
