package io.surstream.streaming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates what is missing and says where what exists differs; nothing that exists is changed. A user who may create nothing sees
 * only the topics of its own, and is content when they are there.
 */
final class TopicCreation {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCreation.class);
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Admin admin;
    private final Topics topics;
    private final Set<Topic> needed;

    /** @param needed topics that must be there at the end, whoever makes them */
    TopicCreation(Admin admin, Topics topics, Set<Topic> needed) {
        this.admin = admin;
        this.topics = topics;
        this.needed = needed;
    }

    /**
     * Idempotent; several processes may call it at once.
     *
     * @return differences between the cluster and the settings, one sentence each
     * @throws TopicAuthorizationException naming the needed topics that are missing and may not be created
     */
    List<String> ensure() {
        Set<String> present = Awaiting.await(admin.listTopics().names());
        EnumSet<Topic> missing = EnumSet.allOf(Topic.class);
        missing.removeIf(topic -> present.contains(topics.name(topic)));
        if (!missing.isEmpty()) {
            awaitVisible(create(missing));
        }
        EnumSet<Topic> found = EnumSet.complementOf(missing);
        return found.isEmpty() ? List.of() : visibleDrift(found);
    }

    /** Returns what is there now; what this user may not create is left out. */
    private Set<Topic> create(Set<Topic> missing) {
        var creation = admin.createTopics(missing.stream().map(this::newTopic).toList());
        Set<Topic> created = EnumSet.copyOf(missing);
        Set<Topic> forbidden = EnumSet.noneOf(Topic.class);
        for (Topic topic : missing) {
            try {
                Awaiting.await(creation.values().get(topics.name(topic)));
            } catch (TopicExistsException e) {
                // Another process was faster.
                continue;
            } catch (TopicAuthorizationException e) {
                forbidden.add(topic);
            }
        }
        requireNoneNeeded(forbidden);
        created.removeAll(forbidden);
        return created;
    }

    private void requireNoneNeeded(Set<Topic> forbidden) {
        Set<String> lacking =
                forbidden.stream().filter(needed::contains).map(topics::name).collect(Collectors.toSet());
        if (!lacking.isEmpty()) {
            throw new TopicAuthorizationException(
                    "topics are missing, or hidden from this Kafka user, who may not create them: "
                            + lacking.stream().sorted().collect(Collectors.joining(", "))
                            + "; run 'surstream bootstrap', which creates topics and rights",
                    lacking);
        }
    }

    private List<String> visibleDrift(Set<Topic> present) {
        try {
            return drift(present);
        } catch (TopicAuthorizationException e) {
            LOG.debug("whether the topics are as the settings say is not this user's to see: {}", e.getMessage());
            return List.of();
        }
    }

    /** A topic is created before the brokers know it, on a busy machine long before. */
    private void awaitVisible(Set<Topic> created) {
        Set<String> names = created.stream().map(topics::name).collect(Collectors.toSet());
        long giveUp = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        while (!Awaiting.await(admin.listTopics().names()).containsAll(names)) {
            if (System.nanoTime() > giveUp) {
                throw new KafkaException("the brokers do not know the topics " + names + " "
                        + VISIBLE_WITHIN.toSeconds() + " s after their creation; look at the controller's log");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private NewTopic newTopic(Topic topic) {
        Optional<Short> replication = topics.replication() == -1 ? Optional.empty() : Optional.of(topics.replication());
        return new NewTopic(topics.name(topic), Optional.of(topics.partitions()), replication)
                .configs(topics.config(topic));
    }

    private List<String> drift(Set<Topic> present) {
        Map<String, TopicDescription> descriptions = Awaiting.await(
                admin.describeTopics(present.stream().map(topics::name).toList())
                        .allTopicNames());
        Map<ConfigResource, Config> configs = Awaiting.await(
                admin.describeConfigs(present.stream().map(this::resource).collect(Collectors.toSet()))
                        .all());
        List<String> differences = new ArrayList<>();
        for (Topic topic : present) {
            TopicDescription description = descriptions.get(topics.name(topic));
            compare(
                    differences,
                    topic,
                    "partitions",
                    topics.partitions(),
                    description.partitions().size());
            if (topics.replication() != -1) {
                int replicas = description.partitions().get(0).replicas().size();
                compare(differences, topic, "replication", (int) topics.replication(), replicas);
            }
            Config config = configs.get(resource(topic));
            topics.config(topic)
                    .forEach((name, wanted) -> compare(
                            differences, topic, name, wanted, config.get(name).value()));
        }
        return differences;
    }

    private void compare(List<String> differences, Topic topic, String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            differences.add("topic " + topics.name(topic) + " has " + what + " " + found + ", the settings say "
                    + wanted + "; it is left as it is");
        }
    }

    private ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topics.name(topic));
    }
}
