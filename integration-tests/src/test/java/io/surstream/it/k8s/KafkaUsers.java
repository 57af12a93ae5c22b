package io.surstream.it.k8s;

import io.surstream.platformsetup.kafka.AccessGrant;
import io.surstream.platformsetup.kafka.ServiceAccess;
import io.surstream.streaming.topic.Topics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** The table of rights as Strimzi's users. */
final class KafkaUsers {
    private static final String HEAD = """
            # Made from the table of rights, ServiceAccess; after a change of it run
            # ./docs/generate
            """;

    private static final String USER = """
            apiVersion: kafka.strimzi.io/v1
            kind: KafkaUser
            metadata:
              name: %s
              labels:
                strimzi.io/cluster: surstream
            spec:
              authentication:
                type: scram-sha-512
            """;

    private KafkaUsers() {}

    /** The file k8s/components/kafka/users.yaml. */
    static String yaml(Topics topics) {
        String users = Arrays.stream(ServiceAccess.values())
                .map(access -> USER.formatted(access.user()) + rights(access.grants(topics)) + "---\n")
                .collect(Collectors.joining());
        return HEAD + users + "# A super user of the cluster: it sets up groups, which nobody else may.\n"
                + USER.formatted("bootstrap");
    }

    private static String rights(List<AccessGrant> grants) {
        Map<ResourcePattern, List<String>> byResource = grants.stream()
                .collect(Collectors.groupingBy(
                        AccessGrant::resource,
                        LinkedHashMap::new,
                        Collectors.mapping(grant -> camelCase(grant.operation().name(), true), Collectors.toList())));
        StringBuilder acls = new StringBuilder("  authorization:\n    type: simple\n    acls:\n");
        byResource.forEach((resource, operations) -> acls.append("      - resource: {type: ")
                .append(camelCase(resource.resourceType().name(), false))
                .append(", name: ")
                .append(resource.name())
                .append(resource.patternType() == PatternType.PREFIXED ? ", patternType: prefix" : "")
                .append("}\n        operations: [")
                .append(String.join(", ", operations))
                .append("]\n"));
        return acls.toString();
    }

    private static String camelCase(String kafkasWord, boolean capital) {
        String all = Arrays.stream(kafkasWord.split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return capital ? all : all.substring(0, 1).toLowerCase(Locale.ROOT) + all.substring(1);
    }
}
