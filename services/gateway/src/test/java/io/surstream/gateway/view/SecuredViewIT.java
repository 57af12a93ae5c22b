package io.surstream.gateway.view;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.gateway.jobs.JobChanges;
import io.surstream.platformsetup.SetupStep;
import io.surstream.platformsetup.kafka.ClusterSetup;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.testsupport.secured.SecuredKafka;
import io.surstream.testsupport.secured.TestCertificates;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job view on a broker with an authorizer, under the gateway's own user and rights. */
class SecuredViewIT {
    @TempDir
    static Path folder;

    @Test
    void the_view_runs_with_the_rights_of_the_gateway() {
        TestCertificates certificates = TestCertificates.in(folder.resolve("ca"));
        Topics topics = new Topics(TopicSettings.defaults());
        try (SecuredKafka broker = SecuredKafka.start(folder.resolve("kafka"), certificates, List.of())) {
            try (ClusterSetup setup = new ClusterSetup(new KafkaSettings(broker.open(), "test", Map.of()), topics)) {
                setup.steps(Map.of(), false).forEach(SetupStep::take);
            }
            KafkaSettings kafka = new KafkaSettings(
                    broker.certificate(), "test", client(certificates, certificates.issue("gateway")));
            EventStreaming streaming = new EventStreaming(kafka, topics, "gateway", new SimpleMeterRegistry());
            assertEquals(List.of(), streaming.ensureTopics());
            try (EventPublisher publisher = streaming.publisher();
                    StreamsJobView view = view(streaming, kafka)) {
                view.start();
                PromptSubmitted event = JobChanges.submission("a red heart").toBuilder()
                        .setJobId("mine-1")
                        .setSubmittedAtMs(System.currentTimeMillis())
                        .build();
                publisher
                        .publish(Outgoing.of(Topic.PROMPTS_SUBMITTED, "mine-1", event))
                        .toCompletableFuture()
                        .join();

                await().atMost(Duration.ofSeconds(90))
                        .until(() -> view.isRunning() && view.find("mine-1").isPresent());
            }
        }
    }

    private static Map<String, String> client(TestCertificates certificates, TestCertificates.Identity own) {
        return Map.of(
                "security.protocol", "SSL",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", certificates.authority().toString(),
                "ssl.keystore.type", "PEM",
                "ssl.keystore.location", own.both().toString());
    }

    private static StreamsJobView view(EventStreaming streaming, KafkaSettings kafka) {
        return TestViews.of(
                streaming, kafka.clientProperties(Map.of()), "surstream-gateway", folder.resolve("stores"), job -> {});
    }
}
