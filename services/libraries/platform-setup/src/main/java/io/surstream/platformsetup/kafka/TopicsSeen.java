package io.surstream.platformsetup.kafka;

import io.surstream.streaming.client.AdminFutures;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What one user sees of the catalogue. A list of topics has only those that its user may describe, so each one is asked for.
 *
 * @param present topics that are there
 * @param missing topics that are not
 * @param hidden topics of which this user may not even know whether they are there
 */
public record TopicsSeen(Set<Topic> present, Set<Topic> missing, Set<Topic> hidden) {

    static TopicsSeen of(Admin admin, Topics topics) {
        TopicsSeen seen =
                new TopicsSeen(EnumSet.noneOf(Topic.class), EnumSet.noneOf(Topic.class), EnumSet.noneOf(Topic.class));
        List<String> all = EnumSet.allOf(Topic.class).stream().map(topics::name).toList();
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(all).topicNameValues();
        for (Topic topic : Topic.values()) {
            seen.where(answers.get(topics.name(topic))).add(topic);
        }
        return seen;
    }

    private Set<Topic> where(KafkaFuture<TopicDescription> answer) {
        try {
            AdminFutures.await(answer);
            return present;
        } catch (UnknownTopicOrPartitionException e) {
            return missing;
        } catch (TopicAuthorizationException e) {
            return hidden;
        }
    }
}
