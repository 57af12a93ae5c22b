package io.surstream.streaming;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must be true on the cluster before a share group is used for the first time. */
final class ShareGroupPreparation {

    private static final Logger LOG = LoggerFactory.getLogger(ShareGroupPreparation.class);
    private static final String BROKER_LIMIT = "group.share.delivery.count.limit";

    private final Admin admin;

    ShareGroupPreparation(Admin admin) {
        this.admin = admin;
    }

    /** The group reads topics from their start, and nothing of transactions that were aborted. */
    void configure(String group) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        List<AlterConfigOp> settings =
                List.of(set("share.auto.offset.reset", "earliest"), set("share.isolation.level", "read_committed"));
        Awaiting.await(admin.incrementalAlterConfigs(Map.of(resource, settings)).all());
    }

    /**
     * At its own limit the broker drops a record in silence, so ours must come first.
     *
     * @throws IllegalArgumentException when it does not
     */
    void requireLimitBelowBrokers(int deliveryLimit) {
        try {
            int brokers = brokersLimit();
            if (deliveryLimit >= brokers) {
                throw new IllegalArgumentException("the delivery limit must be less than the broker's " + BROKER_LIMIT
                        + ", " + brokers + ", but is " + deliveryLimit);
            }
        } catch (AuthorizationException e) {
            LOG.warn(
                    "cannot see whether the delivery limit {} is less than the broker's {}: {}",
                    deliveryLimit,
                    BROKER_LIMIT,
                    e.getMessage());
        }
    }

    private int brokersLimit() {
        int node = Awaiting.await(admin.describeCluster().nodes())
                .iterator()
                .next()
                .id();
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(node));
        var config =
                Awaiting.await(admin.describeConfigs(List.of(broker)).all()).get(broker);
        return Integer.parseInt(config.get(BROKER_LIMIT).value());
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
