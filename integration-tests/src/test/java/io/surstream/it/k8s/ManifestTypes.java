package io.surstream.it.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.it.k8s.DeclaredType.Field;
import io.surstream.it.k8s.DeclaredType.Fields;
import io.surstream.it.k8s.DeclaredType.ListOf;
import io.surstream.it.k8s.DeclaredType.MapOf;
import io.surstream.it.k8s.DeclaredType.Named;
import io.surstream.it.k8s.DeclaredType.Primitive;
import io.surstream.it.k8s.DeclaredType.Union;
import io.surstream.it.k8s.DeclaredType.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Resources against the types of the kubernetes-models packages, which are made from Kubernetes' OpenAPI document and the Go
 * sources of KEDA, the Prometheus operator and cert-manager: unknown fields, missing ones, wrong types and words at any depth.
 */
final class ManifestTypes {
    private static final Map<String, String> PACKAGES = Map.of(
            "keda.sh", "@kubernetes-models/keda",
            "monitoring.coreos.com", "@kubernetes-models/prometheus-operator",
            "cert-manager.io", "@kubernetes-models/cert-manager");

    /** A field, and the file whose names its type is written in. */
    private record Placed(Field field, DeclarationFile in) {}

    private final Path folder;
    private final Map<Path, DeclarationFile> files = new HashMap<>();

    /** @param folder of the unpacked packages, each under its name */
    ManifestTypes(Path folder) {
        this.folder = folder;
    }

    /** @return one sentence for each fault; none when the resource is sound */
    List<String> problems(JsonNode resource) {
        String apiVersion = resource.path("apiVersion").asText();
        String kind = resource.path("kind").asText();
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        String source = PACKAGES.getOrDefault(group, "kubernetes-models") + "/" + apiVersion + "/" + kind;
        Path file = packageFile(source);
        if (!Files.exists(file)) {
            return List.of("there is no kind " + kind + " in " + apiVersion);
        }
        DeclarationFile declarations = read(file);
        List<String> problems = new ArrayList<>();
        check(declarations.type("I" + kind), declarations, resource, "", problems);
        return problems;
    }

    private void check(DeclaredType type, DeclarationFile in, JsonNode value, String at, List<String> problems) {
        if (type instanceof Named named) {
            DeclarationFile home = home(named.name(), in);
            check(home.type(named.name()), home, value, at, problems);
        } else if (type instanceof Union union) {
            checkUnion(union, in, value, at, problems);
        } else if (type instanceof Word word) {
            report(
                    value.isTextual() && value.asText().equals(word.value()),
                    at,
                    value,
                    '"' + word.value() + '"',
                    problems);
        } else if (type instanceof Primitive primitive) {
            report(isA(primitive, value), at, value, "a " + primitive.name(), problems);
        } else if (type instanceof ListOf list && report(value.isArray(), at, value, "a list", problems)) {
            for (int i = 0; i < value.size(); i++) {
                check(list.element(), in, value.get(i), at + "[" + i + "]", problems);
            }
        } else if (type instanceof MapOf map && report(value.isObject(), at, value, "a map", problems)) {
            value.properties().forEach(e -> check(map.value(), in, e.getValue(), at + "." + e.getKey(), problems));
        } else if (type instanceof Fields fields && report(value.isObject(), at, value, "an object", problems)) {
            checkFields(fields, in, value, at, problems);
        }
    }

    private void checkFields(Fields fields, DeclarationFile in, JsonNode value, String at, List<String> problems) {
        Map<String, Placed> known = new LinkedHashMap<>();
        collect(fields, in, known);
        value.properties().forEach(entry -> {
            Placed field = known.get(entry.getKey());
            String inside = at + "." + entry.getKey();
            if (field == null) {
                problems.add(inside + " is no field; there are " + String.join(", ", known.keySet()));
            } else {
                check(field.field().type(), field.in(), entry.getValue(), inside, problems);
            }
        });
        known.forEach((name, placed) -> {
            if (placed.field().required() && !value.has(name)) {
                problems.add(at + "." + name + " is missing");
            }
        });
    }

    private void collect(Fields fields, DeclarationFile in, Map<String, Placed> all) {
        for (Named parent : fields.parents()) {
            DeclarationFile home = home(parent.name(), in);
            collect((Fields) home.type(parent.name()), home, all);
        }
        fields.byName().forEach((name, field) -> all.put(name, new Placed(field, in)));
    }

    private void checkUnion(Union union, DeclarationFile in, JsonNode value, String at, List<String> problems) {
        boolean fits = union.alternatives().stream().anyMatch(alternative -> {
            List<String> tried = new ArrayList<>();
            check(alternative, in, value, at, tried);
            return tried.isEmpty();
        });
        String wanted = union.alternatives().stream()
                .map(type -> type instanceof Word word ? '"' + word.value() + '"' : type.toString())
                .collect(Collectors.joining(", "));
        report(fits, at, value, "one of " + wanted, problems);
    }

    /** No resource of ours has a place for a fraction: what looks like one is an integer gone wrong. */
    private static boolean isA(Primitive primitive, JsonNode value) {
        return switch (primitive.name()) {
            case "string" -> value.isTextual();
            case "number" -> value.isIntegralNumber();
            default -> value.isBoolean();
        };
    }

    private static boolean report(boolean sound, String at, JsonNode value, String wanted, List<String> problems) {
        if (!sound) {
            problems.add(at + " must be " + wanted + " but is " + value);
        }
        return sound;
    }

    private DeclarationFile home(String name, DeclarationFile in) {
        String source = in.importedFrom(name);
        if (source == null) {
            return in;
        }
        return read(
                source.startsWith(".")
                        ? in.file()
                                .resolveSibling(source.replaceAll("\\.js$", ".d.ts"))
                                .normalize()
                        : packageFile(source));
    }

    private Path packageFile(String source) {
        int afterScope = source.startsWith("@") ? source.indexOf('/') + 1 : 0;
        int end = source.indexOf('/', afterScope);
        return folder.resolve(source.substring(0, end)).resolve("package").resolve(source.substring(end + 1) + ".d.ts");
    }

    private DeclarationFile read(Path file) {
        return files.computeIfAbsent(file, DeclarationFile::read);
    }
}
