package io.surstream.platformsetup.kafka;

import io.surstream.platformsetup.SetupStep;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.share.ShareGroupPreparation;
import io.surstream.streaming.share.ShareSettings;
import io.surstream.streaming.topic.Topics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * What a cluster needs before services with few rights can use it: topics, settings of share groups, access control lists. Its user
 * must be allowed to create and change all of it. Closes its connection.
 */
public final class ClusterSetup implements AutoCloseable {
    private static final int DELIVERIES = ShareSettings.of("any").deliveryLimit();

    private final Admin admin;
    private final Topics topics;

    public ClusterSetup(KafkaSettings kafka, Topics topics) {
        this.admin = Admin.create(kafka.clientProperties(Map.of("client.id", "bootstrap-" + kafka.instance())));
        this.topics = topics;
    }

    /**
     * Looks at the cluster and changes nothing.
     *
     * @param principals by user, as {@code User:gateway}; who is left out is {@code User:} and its name
     * @param changeTopics whether topics that exist are to get the settings and the partitions that they lack
     */
    public List<SetupStep> steps(Map<ServiceAccess, String> principals, boolean changeTopics) {
        Map<ServiceAccess, String> all = new EnumMap<>(ServiceAccess.class);
        for (ServiceAccess access : ServiceAccess.values()) {
            all.put(access, principals.getOrDefault(access, "User:" + access.user()));
        }
        List<SetupStep> steps = new ArrayList<>(new TopicSetup(admin, topics, changeTopics).steps());
        steps.addAll(shareGroups());
        steps.addAll(new AccessSetup(admin, topics, all).steps());
        return steps;
    }

    private List<SetupStep> shareGroups() {
        ShareGroupPreparation preparation = new ShareGroupPreparation(admin);
        List<SetupStep> steps = new ArrayList<>();
        for (ServiceAccess access : ServiceAccess.values()) {
            access.shareGroup().ifPresent(group -> steps.add(shareGroup(preparation, group)));
        }
        String limit = "brokers' " + ShareGroupPreparation.BROKER_LIMIT;
        int brokers = preparation.brokersLimit();
        steps.add(
                brokers > DELIVERIES
                        ? SetupStep.present(limit)
                        : SetupStep.left(limit, "is " + brokers + " and must be more than " + DELIVERIES));
        return steps;
    }

    private static SetupStep shareGroup(ShareGroupPreparation preparation, String group) {
        Map<String, String> different = preparation.different(group);
        String object = "share group " + group;
        return different.isEmpty()
                ? SetupStep.present(object)
                : SetupStep.missing(object, different.toString(), () -> preparation.alter(group, different));
    }

    @Override
    public void close() {
        admin.close();
    }
}
