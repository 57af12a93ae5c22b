package io.surstream.streaming;

import io.surstream.streaming.client.AdminFutures;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Where a topic on the cluster is not as the settings say.
 *
 * @param what {@code partitions}, {@code replication} or the name of a topic setting
 */
public record TopicDifference(Topic topic, String what, String wanted, String found) {
    public static final String PARTITIONS = "partitions";
    static final String REPLICATION = "replication";

    /** Looks at topics that exist. */
    public static List<TopicDifference> of(Admin admin, Topics topics, Collection<Topic> present) {
        Map<String, TopicDescription> descriptions = AdminFutures.await(
                admin.describeTopics(present.stream().map(topics::name).toList())
                        .allTopicNames());
        Map<Topic, ConfigResource> resources =
                present.stream().collect(Collectors.toMap(Function.identity(), topic -> resource(topics.name(topic))));
        Map<ConfigResource, Config> configs =
                AdminFutures.await(admin.describeConfigs(resources.values()).all());
        List<TopicDifference> differences = new ArrayList<>();
        for (Topic topic : present) {
            compare(differences, topics, topic, descriptions.get(topics.name(topic)));
            Config config = configs.get(resources.get(topic));
            topics.config(topic)
                    .forEach((name, wanted) -> compare(
                            differences, topic, name, wanted, config.get(name).value()));
        }
        return differences;
    }

    public static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static void compare(
            List<TopicDifference> differences, Topics topics, Topic topic, TopicDescription description) {
        int partitions = description.partitions().size();
        compare(differences, topic, PARTITIONS, String.valueOf(topics.partitions()), String.valueOf(partitions));
        if (topics.replication() != -1) {
            int replicas = description.partitions().get(0).replicas().size();
            compare(differences, topic, REPLICATION, String.valueOf(topics.replication()), String.valueOf(replicas));
        }
    }

    private static void compare(
            List<TopicDifference> differences, Topic topic, String what, String wanted, String found) {
        if (!wanted.equals(found)) {
            differences.add(new TopicDifference(topic, what, wanted, found));
        }
    }

    /** Whether it can be changed on a topic that exists without moving records. */
    public boolean canBeChanged() {
        return switch (what) {
            case REPLICATION -> false;
            case PARTITIONS -> topic.mayGrow() && Integer.parseInt(wanted) > Integer.parseInt(found);
            default -> true;
        };
    }

    /** For what cannot be changed. */
    public String whyNot() {
        if (what.equals(REPLICATION)) {
            return "replicas are moved by Kafka's own kafka-reassign-partitions";
        }
        return topic.mayGrow()
                ? "Kafka takes no partition away"
                : "its readers need the records of a key together, so it keeps its number, which works as well";
    }
}
