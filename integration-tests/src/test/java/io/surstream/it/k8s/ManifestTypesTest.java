package io.surstream.it.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestTypesTest {
    private static final ManifestTypes TYPES = new ManifestTypes(Path.of("target/manifest-types"));

    static List<Manifests> overlays() {
        return Manifests.all().toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void every_resource_is_what_its_operator_understands(Manifests overlay) {
        List<String> problems = overlay.resources().stream()
                .flatMap(resource -> problems(resource).stream()
                        .map(problem ->
                                Kustomization.kind(resource) + " " + Kustomization.name(resource) + ": " + problem))
                .toList();

        assertEquals(List.of(), problems);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Deployment    | image-sampler | /spec/template/spec/containers/0 | imagePullPolcy | "Always" | .spec.template.spec.containers[0].imagePullPolcy is no field
                    Deployment    | image-sampler | /spec/template/spec/containers/0 | imagePullPolicy | "Sometimes" | imagePullPolicy must be one of "Always", "IfNotPresent", "Never"
                    Deployment    | image-sampler | /spec | replicas | "two" | .spec.replicas must be a number but is "two"
                    Deployment    | image-sampler | /spec | replicas | 1.5 | .spec.replicas must be a number but is 1.5
                    Deployment    | image-sampler | /spec | selector | null | .spec.selector is missing
                    Deployment    | image-sampler | /spec/template/spec/containers/0/livenessProbe | initialDelay | 5 | livenessProbe.initialDelay is no field
                    StatefulSet   | trainer       | /spec | podManagementPolicy | "Fast" | podManagementPolicy must be one of
                    Job           | bootstrap     | /spec | backoffLimit | true | .spec.backoffLimit must be a number
                    NetworkPolicy | to-kafka      | /spec/egress/0/ports/0 | protocol | "HTTP" | protocol must be one of "SCTP", "TCP", "UDP"
                    PodDisruptionBudget | gateway | /spec | minAvailabel | 1 | .spec.minAvailabel is no field
                    ScaledObject  | image-sampler | /spec | maxReplicas | 3 | .spec.maxReplicas is no field
                    ScaledObject  | image-sampler | /spec | scaleTargetRef | null | .spec.scaleTargetRef is missing
                    ScaledObject  | image-sampler | /spec/triggers/0/metadata | threshold | 4 | .spec.triggers[0].metadata.threshold must be a string
                    ServiceMonitor | surstream    | /spec/endpoints/0           | targetPath | "/q" | endpoints[0].targetPath is no field
                    Certificate   | gateway       | /spec | dnsName | "gateway" | .spec.dnsName is no field
                    Certificate   | gateway       | /spec | secretName | null | .spec.secretName is missing
                    Certificate   | gateway       | /spec/privateKey | algorithm | "DSA" | algorithm must be one of
                    Issuer        | surstream     | /spec/ca | secret | "surstream-authority" | .spec.ca.secret is no field
                    KafkaTopic    | surstream.jobs | /spec | partition | 3 | Unrecognized field "partition"
                    KafkaTopic    | surstream.jobs | /spec | partitions | "3" | Cannot coerce
                    KafkaUser     | curator       | /spec/authentication | type | "password" | password
                    KafkaUser     | curator       | /spec/authorization/acls/0/resource | patternType | "regex" | patternType
                    Kafka         | surstream     | /spec/kafka | zookeeper | true | Unrecognized field "zookeeper"
                    """)
    void a_fault_is_found_wherever_it_stands(
            String kind, String name, String object, String field, String value, String problem) {
        ObjectNode resource = Manifests.of("production").named(kind, name).deepCopy();
        JsonNode fault = Yaml.documents("value: " + value).get(0).get("value");
        if (fault.isNull()) {
            ((ObjectNode) resource.at(object)).remove(field);
        } else {
            ((ObjectNode) resource.at(object)).set(field, fault);
        }

        List<String> problems = problems(resource);

        assertTrue(problems.stream().anyMatch(found -> found.contains(problem)), problems.toString());
    }

    @Test
    void a_kind_or_version_that_is_not_there_is_found() {
        ObjectNode resource = Manifests.of("cpu").named("Deployment", "gateway").deepCopy();
        resource.put("apiVersion", "apps/v1beta7");

        assertEquals(List.of("there is no kind Deployment in apps/v1beta7"), problems(resource));
    }

    private static List<String> problems(JsonNode resource) {
        return StrimziTypes.areOf(resource) ? StrimziTypes.problems(resource) : TYPES.problems(resource);
    }
}
