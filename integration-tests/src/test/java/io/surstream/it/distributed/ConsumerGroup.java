package io.surstream.it.distributed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.awaitility.Awaitility;

/** A consumer group as the broker sees it. */
final class ConsumerGroup {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Map<String, Object> client;
    private final String group;

    /** @param client of somebody who may look at the group */
    ConsumerGroup(Map<String, Object> client, String group) {
        this.client = client;
        this.group = group;
    }

    /** Waits until the group has so many members, each with partitions. */
    void awaitWorkers(int count) {
        try (Admin admin = Admin.create(client)) {
            Awaitility.await(count + " workers of " + group)
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> partitions(admin), members -> members.size() == count && !members.contains(0));
        }
    }

    /** How many partitions each member has. */
    private List<Integer> partitions(Admin admin) throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                .map(MemberDescription::assignment)
                .map(assignment -> assignment.topicPartitions().size())
                .toList();
    }
}
