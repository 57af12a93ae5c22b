package io.surstream.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPlatformIT {

    private static final TopicPartition TOPIC = new TopicPartition("words", 0);

    @TempDir
    Path folder;

    @Test
    void records_and_objects_survive_a_restart_on_other_ports() throws Exception {
        // given: a record and an object written to the first run
        try (EmbeddedPlatform platform = start()) {
            createTopic(platform.kafka());
            send(platform.kafka(), "first");
            Files.createDirectories(folder.resolve("s3/images"));
            // A file that everybody may read is an object that everybody may get: no signature needed.
            Files.writeString(folder.resolve("s3/images/one.txt"), "kept");
        }
        // when: both start again on the same folders
        try (EmbeddedPlatform platform = start()) {
            send(platform.kafka(), "second");
            // then
            assertEquals(List.of("first", "second"), read(platform.kafka(), 2));
            assertEquals("kept", get(platform.s3(), "images/one.txt").body());
        }
    }

    @Test
    void a_data_folder_in_use_is_refused_before_anything_in_it_is_opened() throws Exception {
        EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.in(folder.resolve("kafka"));
        try (EmbeddedKafka first = EmbeddedKafka.start(settings)) {
            createTopic(first);
            var refusal = assertThrows(FolderInUseException.class, () -> EmbeddedKafka.start(settings));
            assertEquals(folder.resolve("kafka"), refusal.folder());
            // then: the first one goes on
            send(first, "kept");
            assertEquals(List.of("kept"), read(first, 1));
            assertFalse(first.fault().isDone());
        }
    }

    @Test
    @SuppressWarnings("try")
    void a_stores_folder_in_use_is_refused_and_its_lock_is_no_bucket() throws Exception {
        EmbeddedS3Settings settings = EmbeddedS3Settings.in(folder.resolve("s3"));
        try (EmbeddedS3 first = EmbeddedS3.start(settings)) {
            var refusal = assertThrows(FolderInUseException.class, () -> EmbeddedS3.start(settings));
            assertEquals(folder.resolve("s3"), refusal.folder());
        }
        EmbeddedS3.start(settings).close();
    }

    @Test
    void a_taken_port_is_refused_by_number_and_the_other_half_is_stopped() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedS3Settings s3 = EmbeddedS3Settings.in(folder.resolve("s3")).withPort(taken.getLocalPort());
            EmbeddedKafkaSettings kafka = EmbeddedKafkaSettings.in(folder.resolve("kafka"));
            EmbeddedStartException refusal =
                    assertThrows(EmbeddedStartException.class, () -> EmbeddedPlatform.start(kafka, s3));
            assertTrue(refusal.getMessage().contains("port " + taken.getLocalPort()), refusal.getMessage());
            // then: the broker's folder is free again
            EmbeddedKafka.start(kafka).close();
        }
    }

    private EmbeddedPlatform start() {
        return EmbeddedPlatform.start(
                EmbeddedKafkaSettings.in(folder.resolve("kafka")), EmbeddedS3Settings.in(folder.resolve("s3")));
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(Set.of(new NewTopic(TOPIC.topic(), 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void send(EmbeddedKafka kafka, String word) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC.topic(), word)).get();
        }
    }

    private static List<String> read(EmbeddedKafka kafka, int count) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.poll.records", count),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(Set.of(TOPIC));
            consumer.seekToBeginning(Set.of(TOPIC));
            return consumer.poll(Duration.ofSeconds(10)).records(TOPIC).stream()
                    .map(ConsumerRecord::value)
                    .toList();
        }
    }

    private static HttpResponse<String> get(EmbeddedS3 s3, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(s3.endpoint() + "/" + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
