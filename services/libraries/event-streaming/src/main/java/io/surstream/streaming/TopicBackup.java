package io.surstream.streaming;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Copies the topics into a folder: whole where they hold state (compacted topics, dead letters, whatever a service reads from the
 * start), and elsewhere what some service has not worked on yet. Positions are taken before records, so that work which goes on
 * meanwhile is rather kept twice than not at all; workers do nothing twice.
 */
public final class TopicBackup {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Topics topics;
    private final Supplier<Admin> admins;
    private final Supplier<Consumer<byte[], byte[]>> consumers;

    TopicBackup(Topics topics, Supplier<Admin> admins, Supplier<Consumer<byte[], byte[]>> consumers) {
        this.topics = topics;
        this.admins = admins;
        this.consumers = consumers;
    }

    /**
     * One file a topic; files of an earlier backup are replaced.
     *
     * @param folder that exists
     * @param others whole names of topics outside of the catalogue, which are kept whole; those that do not exist are left out
     * @return how many records of each topic were kept
     */
    public Map<String, Long> save(Path folder, List<String> others) {
        Map<String, Long> saved = new LinkedHashMap<>();
        try (Admin admin = admins.get();
                Consumer<byte[], byte[]> consumer = consumers.get()) {
            Set<String> present = Awaiting.await(admin.listTopics().names());
            GroupPositions positions = GroupPositions.read(admin);
            for (Topic topic : Topic.values()) {
                String name = topics.name(topic);
                if (present.contains(name)) {
                    Map<TopicPartition, Long> starts = starts(consumer, topic, positions);
                    saved.put(topic.shortName(), copy(admin, consumer, starts, folder, name, topic.shortName()));
                }
            }
            for (String name : others) {
                if (present.contains(name)) {
                    saved.put(name, copy(admin, consumer, starts(consumer, name), folder, name, name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be written: " + e.getMessage(), e);
        }
        return saved;
    }

    private Map<TopicPartition, Long> starts(Consumer<byte[], byte[]> consumer, Topic topic, GroupPositions positions) {
        Map<TopicPartition, Long> starts = starts(consumer, topics.name(topic));
        if (topic.cleanup() == Topic.Cleanup.DELETE) {
            starts.replaceAll((partition, first) -> Math.max(first, positions.oldestPending(topic, partition)));
        }
        return starts;
    }

    private static Map<TopicPartition, Long> starts(Consumer<byte[], byte[]> consumer, String topic) {
        return new HashMap<>(consumer.beginningOffsets(consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList()));
    }

    private static long copy(
            Admin admin,
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> starts,
            Path folder,
            String name,
            String label)
            throws IOException {
        TopicFile.Head head = new TopicFile.Head(label, starts.size(), config(admin, name));
        try (TopicFile.Writer file = new TopicFile.Writer(folder.resolve(label + TopicFile.ENDING), head)) {
            consumer.assign(starts.keySet());
            starts.forEach(consumer::seek);
            Map<TopicPartition, Long> ends = consumer.endOffsets(starts.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> origin : consumer.poll(POLL)) {
                    file.write(TopicFile.Entry.of(origin));
                }
            }
            file.finish();
            return file.entries();
        }
    }

    private static Map<String, String> config(Admin admin, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> set = new HashMap<>();
        for (ConfigEntry entry : Awaiting.await(
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
