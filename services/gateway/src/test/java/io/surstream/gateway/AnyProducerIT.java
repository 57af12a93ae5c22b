package io.surstream.gateway;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs of clients that know nothing of this product but a topic and a JSON object. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@Timeout(180)
class AnyProducerIT {

    private static final String TOPIC = "surstream.prompts.submitted";
    private static final int PARTITIONS = 4;
    private static FakeWorkers workers;
    private static KafkaProducer<byte[], byte[]> producer;

    @TestHTTPResource
    URI root;

    /** How a client chooses key and partition. */
    enum Client {
        CRC32_AS_LIBRDKAFKA {
            @Override
            ProducerRecord<byte[], byte[]> record(String id, byte[] value) {
                CRC32 crc = new CRC32();
                crc.update(bytes(id));
                return new ProducerRecord<>(TOPIC, (int) (crc.getValue() % PARTITIONS), bytes(id), value);
            }
        },
        NO_KEY_ROUND_ROBIN {
            @Override
            ProducerRecord<byte[], byte[]> record(String id, byte[] value) {
                return new ProducerRecord<>(TOPIC, Math.floorMod(id.hashCode(), PARTITIONS), null, value);
            }
        },
        NO_KEY_STICKY {
            @Override
            ProducerRecord<byte[], byte[]> record(String id, byte[] value) {
                return new ProducerRecord<>(TOPIC, null, null, value);
            }
        },
        RANDOM_KEY {
            @Override
            ProducerRecord<byte[], byte[]> record(String id, byte[] value) {
                byte[] key = new byte[300];
                ThreadLocalRandom.current().nextBytes(key);
                return new ProducerRecord<>(TOPIC, null, key, value);
            }
        },
        ONE_USER_FOR_ALL {
            @Override
            ProducerRecord<byte[], byte[]> record(String id, byte[] value) {
                return new ProducerRecord<>(TOPIC, null, bytes("user-42"), value);
            }
        };

        abstract ProducerRecord<byte[], byte[]> record(String id, byte[] value);
    }

    @BeforeAll
    static void start() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        workers = new FakeWorkers();
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        ConfigProvider.getConfig().getValue("surstream.kafka.bootstrap-servers", String.class),
                        "max.request.size",
                        4 << 20,
                        "compression.type",
                        "gzip"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @BeforeEach
    void awaitReadiness() {
        await().until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        producer.close();
        workers.close();
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void jobs_of_every_client_are_found_by_their_id_end_and_stop_counting(Client client) {
        // given
        List<String> ids = IntStream.range(0, 12).mapToObj(n -> fresh()).toList();
        // when
        ids.forEach(id -> send(client.record(id, prompt(id))));
        await().until(() -> ids.stream().allMatch(id -> "SUBMITTED".equals(state(id))));
        List<EventReader> streams = ids.stream()
                .map(id -> new EventReader(root.resolve("/v1/jobs/" + id + "/events")))
                .toList();
        ids.forEach(id -> {
            workers.encode(id);
            workers.progress(id, 3);
            workers.draw(id);
        });
        // then
        await().until(() -> ids.stream().allMatch(id -> "SUCCEEDED".equals(state(id))));
        await().until(() -> streams.stream().allMatch(EventReader::hasEnded));
        ids.forEach(id ->
                assertEquals(200, given().get("/v1/jobs/" + id + "/images/0").statusCode()));
        assertEquals(404, given().get("/v1/jobs/user-42").statusCode());
        await().until(() -> inFlight() == 0);
    }

    @Test
    void a_key_that_is_another_jobs_id_touches_only_the_job_of_the_value() {
        String victim = fresh();
        String stranger = fresh();
        send(Client.CRC32_AS_LIBRDKAFKA.record(victim, prompt(victim)));
        await().until(() -> "SUBMITTED".equals(state(victim)));

        send(new ProducerRecord<>(TOPIC, null, bytes(victim), prompt(stranger)));
        await().until(() -> "SUBMITTED".equals(state(stranger)));
        workers.refuse(stranger);
        await().until(() -> "FAILED".equals(state(stranger)));

        assertEquals("SUBMITTED", state(victim));
        workers.draw(victim);
        await().until(() -> "SUCCEEDED".equals(state(victim)));
    }

    @ParameterizedTest
    @EnumSource
    void records_with_strange_times_are_jobs_like_any_other(StrangeTime time) {
        String id = fresh();
        producer.send(new ProducerRecord<>(TOPIC, null, time.timestamp, bytes(id), prompt(id)));
        producer.flush();
        await().until(() -> "SUBMITTED".equals(state(id)));
        workers.draw(id);
        await().until(() -> "SUCCEEDED".equals(state(id)));
    }

    enum StrangeTime {
        EPOCH(0L),
        SECONDS(System.currentTimeMillis() / 1_000),
        MICROSECONDS(System.currentTimeMillis() * 1_000),
        LAST(Long.MAX_VALUE);

        private final long timestamp;

        StrangeTime(long timestamp) {
            this.timestamp = timestamp;
        }
    }

    @Test
    void a_prompt_of_3_MB_in_a_gzip_batch_stops_nobody() {
        String huge = fresh();
        send(new ProducerRecord<>(TOPIC, bytes(huge), prompt(huge, "a".repeat(3 << 20))));
        await().until(() -> "SUBMITTED".equals(state(huge)));
        workers.refuse(huge);
        await().until(() -> "FAILED".equals(state(huge)));
        assertEquals("PROMPT_TOO_LONG", given().get("/v1/jobs/" + huge).path("failure.type"));
        String next = fresh();
        send(Client.CRC32_AS_LIBRDKAFKA.record(next, prompt(next)));
        workers.draw(next);
        await().until(() -> "SUCCEEDED".equals(state(next)));
    }

    private static String state(String id) {
        return given().get("/v1/jobs/" + id).path("state");
    }

    private static int inFlight() {
        Matcher gauge = Pattern.compile("(?m)^surstream_jobs_in_flight(?:\\{[^}]*})? ([0-9.]+)")
                .matcher(given().get("/q/metrics").asString());
        return gauge.find() ? (int) Double.parseDouble(gauge.group(1)) : -1;
    }

    private static void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                throw new AssertionError(failure);
            }
        });
        producer.flush();
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private static byte[] prompt(String id) {
        return prompt(id, "a red heart");
    }

    private static byte[] prompt(String id, String text) {
        return bytes("{\"jobId\": \"" + id + "\", \"prompt\": \"" + text + "\"}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
