package io.surstream.gateway.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.Job.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.SimpleRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics that keep the clients' times, and times that no Java client can write. */
@Timeout(240)
class ClientsTimesIT {

    private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    /** None, and the year 1, which .NET sends for a date that was not set. The broker itself refuses much smaller numbers. */
    @ParameterizedTest
    @ValueSource(longs = {-1L, -62_135_596_800_000L})
    void a_job_whose_records_have_a_negative_time_ends_and_so_does_the_next(long timestamp) throws Exception {
        String prefix = "t" + Long.toHexString(timestamp) + ".";
        try (ViewCluster cluster = new ViewCluster(kafka, prefix, folder.resolve(prefix));
                StreamsJobView view = cluster.view(job -> {}, Map.of())) {
            // given
            keepClientsTimes(cluster.name(Topic.PROMPTS_SUBMITTED), cluster.name(Topic.IMAGES_SAMPLED));
            view.start();
            // when
            send(cluster, Topic.PROMPTS_SUBMITTED, timestamp, ViewCluster.submission("strange"));
            assertEquals(
                    List.of(timestamp),
                    cluster.read(Topic.PROMPTS_SUBMITTED, "read_committed").stream()
                            .map(record -> record.timestamp())
                            .toList());
            await().until(() -> ViewCluster.state(view, "strange").equals(Optional.of(State.SUBMITTED)));
            send(cluster, Topic.IMAGES_SAMPLED, timestamp, ViewCluster.success("strange"));
            // then
            await().until(() -> ViewCluster.state(view, "strange").equals(Optional.of(State.SUCCEEDED)));
            cluster.submit("next");
            cluster.succeed("next");
            await().until(() -> ViewCluster.state(view, "next").equals(Optional.of(State.SUCCEEDED)));
            cluster.read(Topic.JOBS, "read_committed")
                    .forEach(record -> assertTrue(
                            Instant.ofEpochMilli(record.timestamp()).isAfter(EARLIEST),
                            String.valueOf(record.timestamp())));
        }
    }

    private static void send(ViewCluster cluster, Topic topic, long timestamp, Message event) throws Exception {
        SimpleRecord record = new SimpleRecord(
                0L,
                "any key".getBytes(UTF_8),
                event.toByteArray(),
                cluster.streaming.headers(event, new RecordHeaders()).toArray());
        RawProducer.send(kafka.bootstrapServers(), cluster.name(topic), record, timestamp);
    }

    private static void keepClientsTimes(String... topics) throws Exception {
        AlterConfigOp change =
                new AlterConfigOp(new ConfigEntry("message.timestamp.type", "CreateTime"), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            for (String topic : topics) {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
                admin.incrementalAlterConfigs(Map.of(resource, List.of(change)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
                await().until(() -> admin.describeConfigs(List.of(resource))
                        .all()
                        .get(30, TimeUnit.SECONDS)
                        .get(resource)
                        .get("message.timestamp.type")
                        .value()
                        .equals("CreateTime"));
            }
        }
    }
}
