package io.surstream.streaming.share;

import io.surstream.streaming.client.AdminFutures;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must be true on the cluster before a share group is used for the first time. */
public final class ShareGroupPreparation {

    private static final Logger LOG = LoggerFactory.getLogger(ShareGroupPreparation.class);
    public static final String BROKER_LIMIT = "group.share.delivery.count.limit";

    /** The group reads topics from their start, and nothing of transactions that were aborted. */
    static final Map<String, String> SETTINGS =
            Map.of("share.auto.offset.reset", "earliest", "share.isolation.level", "read_committed");

    private final Admin admin;

    public ShareGroupPreparation(Admin admin) {
        this.admin = admin;
    }

    /**
     * Sees to it that the group is configured as {@link #SETTINGS} say.
     *
     * @throws GroupAuthorizationException when it is not, and this user may not change it
     */
    public void configure(String group) {
        Map<String, String> different = different(group);
        if (different.isEmpty()) {
            return;
        }
        try {
            alter(group, different);
        } catch (GroupAuthorizationException e) {
            throw new GroupAuthorizationException(
                    "the share group " + group + " lacks the settings " + different
                            + " and this Kafka user may not change them; run 'surstream bootstrap'",
                    group);
        }
    }

    /** Those of {@link #SETTINGS} that the group has not. */
    public Map<String, String> different(String group) {
        ConfigResource resource = resource(group);
        Config config = AdminFutures.await(
                        admin.describeConfigs(List.of(resource)).all())
                .get(resource);
        Map<String, String> different = new TreeMap<>(SETTINGS);
        different.entrySet().removeIf(setting -> has(config, setting));
        return different;
    }

    private static boolean has(Config config, Map.Entry<String, String> setting) {
        ConfigEntry found = config.get(setting.getKey());
        return found != null && setting.getValue().equals(found.value());
    }

    public void alter(String group, Map<String, String> settings) {
        List<AlterConfigOp> operations = settings.entrySet().stream()
                .map(setting -> set(setting.getKey(), setting.getValue()))
                .toList();
        AdminFutures.await(admin.incrementalAlterConfigs(Map.of(resource(group), operations))
                .all());
    }

    private static ConfigResource resource(String group) {
        return new ConfigResource(ConfigResource.Type.GROUP, group);
    }

    /**
     * At its own limit the broker silently drops a record, so ours must come first.
     *
     * @throws IllegalArgumentException when it does not
     */
    public void requireLimitBelowBrokers(int deliveryLimit) {
        try {
            int brokers = brokersLimit();
            if (deliveryLimit >= brokers) {
                throw new IllegalArgumentException("the delivery limit must be less than the broker's " + BROKER_LIMIT
                        + ", " + brokers + ", but is " + deliveryLimit);
            }
        } catch (AuthorizationException e) {
            // Least privilege: only bootstrap's user sees the brokers' settings, and it has looked.
            LOG.info(
                    "cannot see whether the delivery limit {} is less than the broker's {}: {}",
                    deliveryLimit,
                    BROKER_LIMIT,
                    e.getMessage());
        }
    }

    public int brokersLimit() {
        int node = AdminFutures.await(admin.describeCluster().nodes())
                .iterator()
                .next()
                .id();
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(node));
        var config =
                AdminFutures.await(admin.describeConfigs(List.of(broker)).all()).get(broker);
        return Integer.parseInt(config.get(BROKER_LIMIT).value());
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
