package io.surstream.it.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Resources against the classes that the Strimzi operator reads them with. */
final class StrimziTypes {
    private static final String GROUP = "kafka.strimzi.io/";
    private static final Map<String, Class<?>> KINDS = Map.of(
            "Kafka", Kafka.class,
            "KafkaNodePool", KafkaNodePool.class,
            "KafkaTopic", KafkaTopic.class,
            "KafkaUser", KafkaUser.class);

    /** The operator keeps unknown fields and warns; here they are errors. */
    private static final class NothingUnknown extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new NothingUnknown())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private StrimziTypes() {}

    static boolean areOf(JsonNode resource) {
        return resource.path("apiVersion").asText().startsWith(GROUP);
    }

    /** @return one sentence for each fault; none when the resource is sound */
    static List<String> problems(JsonNode resource) {
        Class<?> kind = KINDS.get(resource.path("kind").asText());
        if (kind == null || !versions(kind).contains(resource.path("apiVersion").asText())) {
            return List.of("there is no kind " + resource.path("kind") + " in " + resource.path("apiVersion"));
        }
        try {
            JsonNode understood = STRICT.valueToTree(STRICT.treeToValue(resource, kind));
            List<String> problems = new ArrayList<>();
            lost(resource.get("metadata"), understood.path("metadata"), ".metadata", problems);
            lost(resource.get("spec"), understood.path("spec"), ".spec", problems);
            return problems;
        } catch (JsonProcessingException e) {
            return List.of(e.getOriginalMessage());
        }
    }

    private static List<String> versions(Class<?> kind) {
        try {
            List<?> versions = (List<?>) kind.getField("VERSIONS").get(null);
            return versions.stream().map(version -> GROUP + version).toList();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A word that an enumeration does not have is read as nothing; so is a default, which need not be written. */
    private static void lost(JsonNode written, JsonNode understood, String at, List<String> problems) {
        if (written.isObject()) {
            written.properties()
                    .forEach(e -> lost(e.getValue(), understood.path(e.getKey()), at + "." + e.getKey(), problems));
        } else if (written.isArray()) {
            for (int i = 0; i < written.size(); i++) {
                lost(written.get(i), understood.path(i), at + "[" + i + "]", problems);
            }
        } else if (!written.equals(understood)) {
            problems.add(at + " is " + written + ", which Strimzi reads as " + understood);
        }
    }
}
