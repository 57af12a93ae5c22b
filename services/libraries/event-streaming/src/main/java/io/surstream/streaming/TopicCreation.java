package io.surstream.streaming;

import io.surstream.streaming.client.AdminFutures;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates what is missing and says where what exists differs; nothing that exists is changed. A user who may create
 * nothing sees only its own topics, and is content when they are there.
 */
final class TopicCreation {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCreation.class);
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Admin admin;
    private final Topics topics;
    private final Set<Topic> needed;

    /** @param needed topics that must exist at the end, whichever process creates them */
    TopicCreation(Admin admin, Topics topics, Set<Topic> needed) {
        this.admin = admin;
        this.topics = topics;
        this.needed = needed;
    }

    /**
     * Idempotent; several processes may call it concurrently.
     *
     * @return differences between the cluster and the settings, one sentence each
     * @throws TopicAuthorizationException naming the needed topics that are missing and may not be created
     */
    List<String> ensure() {
        Set<String> present = AdminFutures.await(admin.listTopics().names());
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
        var creation = admin.createTopics(missing.stream().map(topics::newTopic).toList());
        Set<Topic> created = EnumSet.copyOf(missing);
        Set<Topic> forbidden = EnumSet.noneOf(Topic.class);
        for (Topic topic : missing) {
            try {
                AdminFutures.await(creation.values().get(topics.name(topic)));
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
        while (!AdminFutures.await(admin.listTopics().names()).containsAll(names)) {
            if (System.nanoTime() > giveUp) {
                throw new KafkaException("the brokers do not know the topics " + names + " "
                        + VISIBLE_WITHIN.toSeconds() + " s after their creation; look at the controller's log");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private List<String> drift(Set<Topic> present) {
        return TopicDifference.of(admin, topics, present).stream()
                .map(difference -> "topic " + topics.name(difference.topic()) + " has " + difference.what() + " "
                        + difference.found() + ", the settings say " + difference.wanted() + "; it is left as it is")
                .toList();
    }
}
