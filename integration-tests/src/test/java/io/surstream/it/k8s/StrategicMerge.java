package io.surstream.it.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Kubernetes' strategic merge as far as the overlays use it: objects field by field, null takes a field away, the lists named
 * here element by element, every other list whole.
 */
final class StrategicMerge {
    private static final Map<String, String> LIST_KEYS = Map.of(
            "containers", "name",
            "volumes", "name",
            "env", "name",
            "volumeMounts", "mountPath",
            // A Service's; no patch changes a port of a container.
            "ports", "port");

    private StrategicMerge() {}

    /** Changes the target. */
    static void merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode wanted = entry.getValue();
            JsonNode there = target.get(name);
            if (wanted.isNull()) {
                target.remove(name);
            } else if (there instanceof ObjectNode object && wanted.isObject()) {
                merge(object, wanted);
            } else if (there instanceof ArrayNode list && wanted.isArray() && LIST_KEYS.containsKey(name)) {
                mergeElements(list, wanted, LIST_KEYS.get(name));
            } else {
                target.set(name, withoutNulls(wanted.deepCopy()));
            }
        });
    }

    private static void mergeElements(ArrayNode list, JsonNode patch, String key) {
        for (JsonNode wanted : patch) {
            ObjectNode there = null;
            for (JsonNode element : list) {
                there = element.get(key).equals(wanted.get(key)) ? (ObjectNode) element : there;
            }
            if (there == null) {
                list.add(withoutNulls(wanted.deepCopy()));
            } else {
                merge(there, wanted);
            }
        }
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(entry -> entry.getValue().isNull());
        }
        node.forEach(StrategicMerge::withoutNulls);
        return node;
    }
}
