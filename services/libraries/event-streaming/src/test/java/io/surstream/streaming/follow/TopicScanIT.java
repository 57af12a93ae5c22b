package io.surstream.streaming.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.ExampleCurated;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicScanIT {

    @TempDir
    Path data;

    @Test
    void a_scan_hears_all_up_to_now_and_the_next_one_only_what_came_since() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
                TestCluster cluster = new TestCluster(broker, 3);
                TopicScan<ExampleCurated> scan = cluster.streaming.scan(
                        "examples", Topic.EXAMPLES_CURATED, ExampleCurated.getDefaultInstance())) {
            assertEquals(List.of(), keys(scan));
            for (String key : List.of("a", "b", "c", "d")) {
                publish(cluster, key);
            }
            cluster.write(Topic.EXAMPLES_CURATED, "poison", new byte[] {1, 2});

            assertEquals(List.of("a", "b", "c", "d"), keys(scan));
            assertEquals(List.of(), keys(scan));
            publish(cluster, "e");
            assertEquals(List.of("e"), keys(scan));
        }
    }

    private static void publish(TestCluster cluster, String key) throws Exception {
        cluster.publish(Outgoing.of(
                Topic.EXAMPLES_CURATED,
                key,
                ExampleCurated.newBuilder().setExampleId(key).build()));
    }

    private static List<String> keys(TopicScan<ExampleCurated> scan) {
        List<String> keys = new ArrayList<>();
        scan.toEnd(incoming -> keys.add(incoming.key()));
        return keys.stream().sorted().toList();
    }
}
