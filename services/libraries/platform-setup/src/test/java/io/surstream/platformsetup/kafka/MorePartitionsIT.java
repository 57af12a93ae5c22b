package io.surstream.platformsetup.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.platformsetup.SetupStep;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.batch.BatchSettings;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Topics get more partitions while workers and followers run. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@Tag("long")
class MorePartitionsIT {

    @TempDir
    static Path data;

    private static EmbeddedKafka broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static List<SetupStep> steps(TestCluster cluster, int partitions, boolean change) {
        String prefix = cluster.topics.name(Topic.JOBS).replaceAll("jobs$", "");
        Topics wanted = new Topics(TopicSettings.defaults().withPrefix(prefix).withPartitions(partitions));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            List<SetupStep> steps = new TopicSetup(admin, wanted, change).steps();
            steps.stream().filter(SetupStep::isOpen).forEach(SetupStep::take);
            return steps;
        }
    }

    private static int partitions(TestCluster cluster, Topic topic) throws Exception {
        String name = cluster.topics.name(topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.describeTopics(List.of(name))
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .get(name)
                    .partitions()
                    .size();
        }
    }

    @Test
    void all_is_worked_on_and_heard_while_partitions_are_added() throws Exception {
        try (TestCluster cluster = new TestCluster(broker, 1)) {
            Set<String> heard = ConcurrentHashMap.newKeySet();
            WorkerDefinition<PromptSubmitted> definition = WorkerDefinition.of(
                    "encoder",
                    Topic.PROMPTS_SUBMITTED,
                    PromptSubmitted.getDefaultInstance(),
                    DeadLetterListener.silent());
            EventWorker encoder = cluster.streaming.batchWorker(
                    definition, BatchSettings.of(cluster.topics.name(Topic.JOBS)), batch -> batch.stream()
                            .map(each -> each.event().getJobId())
                            .map(id -> Outgoing.of(Topic.PROMPTS_ENCODED, id, TestCluster.encoded(id)))
                            .toList());
            EventWorker ears = cluster.streaming.followFromStart(
                    "ears",
                    Topic.PROMPTS_CANCELLED,
                    PromptCancelled.getDefaultInstance(),
                    incoming -> heard.add(incoming.event().getJobId()));
            send(cluster, "before");

            assertTrue(steps(cluster, 8, false).stream().noneMatch(SetupStep::isOpen), "only told");
            assertEquals(1, partitions(cluster, Topic.PROMPTS_SUBMITTED));
            List<SetupStep> steps = steps(cluster, 8, true);
            assertEquals(
                    Set.of(
                            "partitions is 1, the settings say 8; its readers need the records of a key together, so it keeps its number, which works as well"),
                    steps.stream()
                            .filter(step -> step.state() == SetupStep.State.LEFT)
                            .map(SetupStep::detail)
                            .collect(Collectors.toSet()));
            send(cluster, "during");
            assertEquals(8, partitions(cluster, Topic.PROMPTS_SUBMITTED));
            assertEquals(1, partitions(cluster, Topic.JOBS));
            assertEquals(1, partitions(cluster, Topic.JOB_EVENTS));

            try (EventPublisher later = cluster.streaming.publisher()) {
                for (int job = 0; job < 40; job++) {
                    String id = "after-" + job;
                    later.publish(Outgoing.of(Topic.PROMPTS_SUBMITTED, id, TestCluster.prompt(id)));
                    later.publish(Outgoing.of(Topic.PROMPTS_CANCELLED, id, cancelled(id)));
                }
                later.flush();
            }

            Set<String> expected = new HashSet<>();
            for (int job = 0; job < 40; job++) {
                expected.addAll(Set.of("before-" + job, "during-" + job, "after-" + job));
            }
            assertEquals(expected, Set.copyOf(TestCluster.keys(cluster.read(Topic.PROMPTS_ENCODED, 120))));
            Awaitility.await("all is heard").atMost(Duration.ofSeconds(60)).until(() -> heard.equals(expected));
            encoder.close();
            ears.close();
        }
    }

    private static PromptCancelled cancelled(String id) {
        return PromptCancelled.newBuilder().setJobId(id).build();
    }

    private static void send(TestCluster cluster, String name) throws Exception {
        for (int job = 0; job < 40; job++) {
            String id = name + '-' + job;
            cluster.submit(id);
            cluster.publish(Outgoing.of(Topic.PROMPTS_CANCELLED, id, cancelled(id)));
        }
    }
}
