package io.surstream.platformsetup.backup;

import io.surstream.streaming.client.AdminFutures;
import io.surstream.streaming.client.KafkaClients;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.event.RecordTime;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings topics back from a {@link TopicBackup} on a cluster that has lost them, before any service runs: each record
 * in its partition, with its key, headers and time. Offsets start from scratch, and so do groups.
 */
public final class TopicRestore {
    private final Topics topics;
    private final Supplier<Admin> admins;
    private final Supplier<Producer<byte[], byte[]>> producers;

    /** Makes no connection yet. */
    public TopicRestore(KafkaSettings kafka, Topics topics) {
        String client = "restore-" + kafka.instance();
        KafkaClients clients = new KafkaClients(kafka);
        this.topics = topics;
        this.admins = () -> Admin.create(kafka.clientProperties(Map.of("client.id", client)));
        this.producers = () -> clients.restoringProducer(client);
    }

    /**
     * Looks at all files and topics, and writes nothing.
     *
     * @throws BackupException when a file is corrupt, or a topic contains records or has another number of partitions
     */
    public void requireRoom(Path folder) {
        try (Admin admin = admins.get()) {
            missing(admin, heads(folder).values());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /**
     * Looks first as {@link #requireRoom} does; then creates the topics that are missing, as they were, and writes the records.
     *
     * @return how many records of each topic were written
     * @throws BackupException as {@link #requireRoom}; nothing was written
     */
    public Map<String, Long> load(Path folder) {
        Map<String, Long> loaded = new LinkedHashMap<>();
        try (Admin admin = admins.get();
                Producer<byte[], byte[]> producer = producers.get()) {
            Map<Path, TopicFile.Head> files = heads(folder);
            create(admin, missing(admin, files.values()));
            for (Map.Entry<Path, TopicFile.Head> file : files.entrySet()) {
                loaded.put(file.getValue().topic(), write(producer, file.getKey()));
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        return loaded;
    }

    private static UncheckedIOException unreadable(Path folder, IOException e) {
        return new UncheckedIOException(folder + " cannot be read: " + e.getMessage(), e);
    }

    private static Map<Path, TopicFile.Head> heads(Path folder) throws IOException {
        Map<Path, TopicFile.Head> files = new LinkedHashMap<>();
        for (Path file : TopicBackup.files(folder)) {
            files.put(file, readThrough(file));
        }
        return files;
    }

    /** Those that are not there; those that are must be free. */
    private List<TopicFile.Head> missing(Admin admin, Collection<TopicFile.Head> heads) {
        Set<String> present = AdminFutures.await(admin.listTopics().names());
        List<TopicFile.Head> missing = new ArrayList<>();
        for (TopicFile.Head head : heads) {
            if (present.contains(name(head))) {
                requireFree(admin, head);
            } else {
                missing.add(head);
            }
        }
        return missing;
    }

    private static TopicFile.Head readThrough(Path file) throws IOException {
        try (TopicFile.Reader reader = new TopicFile.Reader(file)) {
            while (reader.next().isPresent()) {
                // Only whether it can be read.
                continue;
            }
            return reader.head();
        }
    }

    private void create(Admin admin, List<TopicFile.Head> missing) {
        AdminFutures.await(admin.createTopics(missing.stream()
                        .map(head -> new NewTopic(name(head), Optional.of(head.partitions()), Optional.empty())
                                .configs(head.config()))
                        .toList())
                .all());
    }

    private void requireFree(Admin admin, TopicFile.Head head) {
        String name = name(head);
        TopicDescription found = AdminFutures.await(
                        admin.describeTopics(List.of(name)).allTopicNames())
                .get(name);
        if (found.partitions().size() != head.partitions()) {
            throw new BackupException("topic " + name + " has "
                    + found.partitions().size() + " partitions but had " + head.partitions()
                    + "; delete it, and it is created as it was");
        }
        if (isUsed(admin, name, head.partitions())) {
            throw new BackupException("topic " + name
                    + " holds records already; restore before any service runs, or delete the topics first");
        }
    }

    private static boolean isUsed(Admin admin, String name, int partitions) {
        Map<TopicPartition, OffsetSpec> ends = new LinkedHashMap<>();
        IntStream.range(0, partitions)
                .forEach(number -> ends.put(new TopicPartition(name, number), OffsetSpec.latest()));
        return AdminFutures.await(admin.listOffsets(ends).all()).values().stream()
                .anyMatch(end -> end.offset() > 0);
    }

    private long write(Producer<byte[], byte[]> producer, Path file) throws IOException {
        long written = 0;
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (TopicFile.Reader reader = new TopicFile.Reader(file)) {
            String name = name(reader.head());
            for (Optional<TopicFile.Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
                TopicFile.Entry entry = next.get();
                producer.send(
                        new ProducerRecord<>(
                                name,
                                entry.partition(),
                                RecordTime.of(entry.timestamp(), Instant.now()).toEpochMilli(),
                                entry.key(),
                                entry.value(),
                                entry.headers()),
                        (metadata, error) -> failure.compareAndSet(null, error));
                written++;
            }
            producer.flush();
            if (failure.get() != null) {
                throw new BackupException("topic " + name + " took not all records: "
                        + failure.get().getMessage() + "; delete the topics and restore again");
            }
        }
        return written;
    }

    private String name(TopicFile.Head head) {
        for (Topic topic : Topic.values()) {
            if (topic.shortName().equals(head.topic())) {
                return topics.name(topic);
            }
        }
        return head.topic();
    }
}
