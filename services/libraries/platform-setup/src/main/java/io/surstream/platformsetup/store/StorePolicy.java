package io.surstream.platformsetup.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One account's rights in S3's policy language, as MinIO, AWS and Ceph take them.
 *
 * @param name by which the store knows it: the bucket's, then the account's
 * @param document the policy
 */
public record StorePolicy(String name, JsonNode document) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param bucket the deployment's
     * @param modelBucket another bucket in which models lie, as {@code s3://models/…} names it
     */
    public static StorePolicy of(StoreAccess access, String bucket, Optional<String> modelBucket) {
        Optional<String> models = modelBucket.filter(other -> access.loadsModels() && !other.equals(bucket));
        ObjectNode document = JSON.createObjectNode().put("Version", "2012-10-17");
        add(document, "Names", List.of("s3:ListBucket"), Stream.concat(Stream.of(bucket), models.stream()));
        add(
                document,
                "Reads",
                StoreRights.Use.READS.actions(),
                Stream.concat(objects(bucket, access.reads()), models.map(other -> other + "/*").stream()));
        add(document, "Writes", StoreRights.Use.WRITES.actions(), objects(bucket, access.writes()));
        add(document, "Deletes", StoreRights.Use.DELETES.actions(), objects(bucket, access.deletes()));
        return new StorePolicy(bucket + '-' + access.user(), document);
    }

    private static Stream<String> objects(String bucket, Set<String> prefixes) {
        return prefixes.stream().map(prefix -> bucket + '/' + prefix + '*');
    }

    private static void add(ObjectNode document, String id, List<String> actions, Stream<String> places) {
        List<String> resources = places.map(place -> "arn:aws:s3:::" + place).toList();
        if (resources.isEmpty()) {
            return;
        }
        ObjectNode statement =
                document.withArray("Statement").addObject().put("Sid", id).put("Effect", "Allow");
        actions.forEach(statement.putArray("Action")::add);
        resources.forEach(statement.putArray("Resource")::add);
    }

    /** Whether a document allows just the same; a store may write it in another order, or a list of one without its brackets. */
    boolean saysTheSameAs(JsonNode other) {
        return statements(document).equals(statements(other));
    }

    private static Set<List<Object>> statements(JsonNode document) {
        Set<List<Object>> statements = new HashSet<>();
        for (JsonNode statement : document.path("Statement")) {
            Set<String> others = new TreeSet<>();
            statement.fieldNames().forEachRemaining(others::add);
            others.removeAll(Set.of("Sid", "Effect", "Action", "Resource"));
            statements.add(List.of(
                    statement.path("Effect").asText(),
                    words(statement.path("Action")),
                    words(statement.path("Resource")),
                    others));
        }
        return statements;
    }

    private static Set<String> words(JsonNode one) {
        Set<String> words = new TreeSet<>();
        if (one.isArray()) {
            StreamSupport.stream(one.spliterator(), false).map(JsonNode::asText).forEach(words::add);
        } else {
            words.add(one.asText());
        }
        return words;
    }
}
