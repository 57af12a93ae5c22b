package io.surstream.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class HardKillIT {

    private static final TopicPartition TOPIC = new TopicPartition("words", 0);

    @TempDir
    Path data;

    /** What is killed: a broker with one acknowledged record. */
    static final class Victim {
        public static void main(String[] arguments) throws Exception {
            EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(Path.of(arguments[0])));
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(client);
                    var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
                admin.createTopics(Set.of(new NewTopic(TOPIC.topic(), 1, (short) 1)))
                        .all()
                        .get();
                producer.send(new ProducerRecord<>(TOPIC.topic(), "kept")).get();
                Runtime.getRuntime().halt(137);
            }
        }
    }

    @Test
    void a_record_survives_the_sudden_death_of_its_process() throws Exception {
        // given
        Process victim = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(137, victim.waitFor());
        // when
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
                var consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            // then
            consumer.assign(List.of(TOPIC));
            consumer.seekToBeginning(List.of(TOPIC));
            var found = consumer.poll(Duration.ofSeconds(30));
            assertNotEquals(0, found.count());
            assertEquals("kept", found.iterator().next().value());
        }
    }
}
