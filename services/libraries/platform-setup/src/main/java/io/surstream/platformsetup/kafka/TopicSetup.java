package io.surstream.platformsetup.kafka;

import io.surstream.platformsetup.SetupStep;
import io.surstream.streaming.TopicDifference;
import io.surstream.streaming.client.AdminFutures;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;

/** The topics' part of the setup. */
public final class TopicSetup {
    private final Admin admin;
    private final Topics topics;
    private final boolean change;

    /** @param change whether topics that exist get the settings and the partitions that they lack */
    public TopicSetup(Admin admin, Topics topics, boolean change) {
        this.admin = admin;
        this.topics = topics;
        this.change = change;
    }

    public List<SetupStep> steps() {
        Set<String> names = AdminFutures.await(admin.listTopics().names());
        EnumSet<Topic> present = EnumSet.allOf(Topic.class);
        present.removeIf(topic -> !names.contains(topics.name(topic)));
        List<TopicDifference> differences = present.isEmpty() ? List.of() : TopicDifference.of(admin, topics, present);
        List<SetupStep> steps = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (!present.contains(topic)) {
                steps.add(missing(topic));
                continue;
            }
            List<SetupStep> open = differences.stream()
                    .filter(difference -> difference.topic() == topic)
                    .map(this::step)
                    .toList();
            steps.addAll(open.isEmpty() ? List.of(SetupStep.present(object(topic))) : open);
        }
        return steps;
    }

    private String object(Topic topic) {
        return "topic " + topics.name(topic);
    }

    private SetupStep missing(Topic topic) {
        String replicas = topics.replication() == -1 ? "the brokers' own" : String.valueOf(topics.replication());
        return SetupStep.missing(
                object(topic),
                "partitions " + topics.partitions() + ", replication " + replicas + ", " + topics.config(topic),
                () -> AdminFutures.await(
                        admin.createTopics(List.of(topics.newTopic(topic))).all()));
    }

    private SetupStep step(TopicDifference difference) {
        String found = difference.what() + " is " + difference.found() + ", the settings say " + difference.wanted();
        if (!difference.canBeChanged()) {
            return SetupStep.left(object(difference.topic()), found + "; " + difference.whyNot());
        }
        return change
                ? SetupStep.different(object(difference.topic()), found, () -> alter(difference))
                : SetupStep.left(object(difference.topic()), found + "; --change-topics changes it");
    }

    private void alter(TopicDifference difference) {
        if (difference.what().equals(TopicDifference.PARTITIONS)) {
            NewPartitions more = NewPartitions.increaseTo(Integer.parseInt(difference.wanted()));
            AdminFutures.await(admin.createPartitions(Map.of(topics.name(difference.topic()), more))
                    .all());
            return;
        }
        AlterConfigOp operation =
                new AlterConfigOp(new ConfigEntry(difference.what(), difference.wanted()), AlterConfigOp.OpType.SET);
        AdminFutures.await(admin.incrementalAlterConfigs(
                        Map.of(TopicDifference.resource(topics.name(difference.topic())), List.of(operation)))
                .all());
    }
}
