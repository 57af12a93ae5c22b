package io.surstream.platformsetup.backup;

import io.surstream.streaming.client.AdminFutures;
import io.surstream.streaming.client.KafkaClients;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.client.PartitionReader;
import io.surstream.streaming.codec.NamedWork;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Copies the topics into a folder: whole where they hold state (compacted topics, dead letters, whatever a service
 * reads from the start), and elsewhere what some service has not worked on yet. Positions are taken before records, so
 * that work that continues meanwhile is rather kept twice than not at all; workers do nothing twice.
 */
public final class TopicBackup {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Topics topics;
    private final Supplier<Admin> admins;
    private final Supplier<PartitionReader> readers;

    /** Makes no connection yet. */
    public TopicBackup(KafkaSettings kafka, Topics topics) {
        String client = "backup-" + kafka.instance();
        KafkaClients clients = new KafkaClients(kafka);
        this.topics = topics;
        this.admins = () -> Admin.create(kafka.clientProperties(Map.of("client.id", client)));
        this.readers = () -> new PartitionReader(records -> clients.freeConsumer(client, records));
    }

    /**
     * One file a topic; files of an earlier backup are replaced.
     *
     * @param folder that exists
     * @param others whole names of topics outside of the catalogue, which are kept whole; those that do not exist are left out
     * @return how many records of each topic were kept
     * @throws BackupException when a topic, or how far a service's group is, is hidden from this user; the message names the missing right
     */
    public Map<String, Long> save(Path folder, List<String> others) {
        Map<String, Long> saved = new LinkedHashMap<>();
        try (Admin admin = admins.get();
                PartitionReader reader = readers.get()) {
            GroupPositions positions = GroupPositions.read(admin);
            Set<String> ended = endedJobs(admin, reader);
            for (Topic topic : Topic.values()) {
                String name = topics.name(topic);
                if (isThere(admin, name)) {
                    TopicFile.Head head = head(admin, reader, name, topic.shortName());
                    saved.put(
                            topic.shortName(),
                            copy(reader, starts(reader, topic, positions), waits(topic, ended), folder, head));
                }
            }
            for (String name : others) {
                if (isThere(admin, name)) {
                    TopicFile.Head head = head(admin, reader, name, name);
                    saved.put(name, copy(reader, starts(reader, name), any -> true, folder, head));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be written: " + e.getMessage(), e);
        }
        return saved;
    }

    /** A list of topics leaves out those that are hidden from its user, so each one is asked for. */
    private static boolean isThere(Admin admin, String topic) {
        try {
            AdminFutures.await(admin.describeTopics(List.of(topic)).allTopicNames());
            return true;
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        } catch (TopicAuthorizationException e) {
            throw new BackupException(
                    "this Kafka user may not see topic " + topic
                            + "; give it the rights READ and DESCRIBE_CONFIGS on it, as 'surstream bootstrap' does for the user backup");
        }
    }

    /**
     * Jobs of all ends. Brokers store how far a share group is when it acknowledges the next record, so behind the
     * group's position in {@code prompts.encoded} are jobs that are done; their ends show which. They are read before
     * anything is copied: an end that is counted here is kept with {@code images.sampled} or the view.
     */
    private Set<String> endedJobs(Admin admin, PartitionReader reader) throws IOException {
        Set<String> ended = new HashSet<>();
        String name = topics.name(Topic.IMAGES_SAMPLED);
        if (isThere(admin, name)) {
            NamedWork named = NamedWork.on(Topic.IMAGES_SAMPLED);
            forEach(reader, starts(reader, name), end -> named.in(end.value(), end.headers())
                    .ifPresent(ended::add));
        }
        return ended;
    }

    private static Predicate<ConsumerRecord<byte[], byte[]>> waits(Topic topic, Set<String> endedJobs) {
        if (topic != Topic.PROMPTS_ENCODED) {
            return any -> true;
        }
        NamedWork named = NamedWork.on(topic);
        return job ->
                named.in(job.value(), job.headers()).filter(endedJobs::contains).isEmpty();
    }

    private Map<TopicPartition, Long> starts(PartitionReader reader, Topic topic, GroupPositions positions) {
        Map<TopicPartition, Long> starts = starts(reader, topics.name(topic));
        if (topic.cleanup() == Topic.Cleanup.DELETE) {
            starts.replaceAll((partition, first) -> Math.max(first, positions.oldestPending(topic, partition)));
        }
        return starts;
    }

    private static Map<TopicPartition, Long> starts(PartitionReader reader, String topic) {
        return new HashMap<>(reader.consumer().beginningOffsets(reader.partitionsOf(topic)));
    }

    private static TopicFile.Head head(Admin admin, PartitionReader reader, String name, String label) {
        return new TopicFile.Head(label, reader.partitionsOf(name).size(), config(admin, name));
    }

    private static long copy(
            PartitionReader reader,
            Map<TopicPartition, Long> starts,
            Predicate<ConsumerRecord<byte[], byte[]>> waits,
            Path folder,
            TopicFile.Head head)
            throws IOException {
        try (TopicFile.Writer file = new TopicFile.Writer(folder.resolve(head.topic() + TopicFile.ENDING), head)) {
            forEach(reader, starts, origin -> {
                if (waits.test(origin)) {
                    file.write(TopicFile.Entry.of(origin));
                }
            });
            file.finish();
            return file.entries();
        }
    }

    /** What to do with each record. */
    private interface Step {
        void take(ConsumerRecord<byte[], byte[]> found) throws IOException;
    }

    /** All records that are there now, from these positions on. */
    private static void forEach(PartitionReader reader, Map<TopicPartition, Long> starts, Step step)
            throws IOException {
        reader.consumer().assign(starts.keySet());
        starts.forEach(reader.consumer()::seek);
        Map<TopicPartition, Long> ends = reader.consumer().endOffsets(starts.keySet());
        while (ends.entrySet().stream().anyMatch(end -> reader.consumer().position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> found : reader.poll(POLL)) {
                step.take(found);
            }
        }
    }

    private static Map<String, String> config(Admin admin, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> set = new HashMap<>();
        for (ConfigEntry entry : AdminFutures.await(
                        admin.describeConfigs(List.of(resource)).all())
                .get(resource)
                .entries()) {
            if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                set.put(entry.name(), entry.value());
            }
        }
        return set;
    }

    /** The files of a backup. */
    static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(TopicFile.ENDING))
                    .sorted()
                    .toList();
        }
    }
}
