package io.surstream.platformsetup.kafka;

import static io.surstream.platformsetup.kafka.SecuredCluster.publish;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.batch.BatchSettings;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.topic.Topic;
import io.surstream.testsupport.secured.HeardLog;
import io.surstream.testsupport.secured.SecuredKafka;
import io.surstream.testsupport.secured.TestCertificates;
import io.surstream.v1.PromptCancelled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in and who is not, on both sides, and that no secret is told. */
class SignInIT {
    @TempDir
    static Path folder;

    private static HeardLog log;
    private static SecuredCluster cluster;

    @BeforeAll
    static void start() {
        log = HeardLog.listen();
        cluster = SecuredCluster.in(folder);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        log.close();
    }

    @Test
    void a_client_certificate_is_as_good_as_a_password() throws Throwable {
        TestCertificates.Identity app = cluster.certificates().issue("prompt-app");
        EventStreaming streaming = cluster.streaming(
                "app",
                cluster.broker().certificate(),
                Map.of("protocol", "ssl", "keystore", app.both().toString()));

        publish(streaming, Topic.PROMPTS_SUBMITTED, TestCluster.prompt("job-3"));
        assertThrows(
                TopicAuthorizationException.class,
                () -> publish(streaming, Topic.PROMPTS_ENCODED, TestCluster.encoded("job-3")));
    }

    @Test
    void no_certificate_or_a_strangers_is_refused() {
        TestCertificates.Identity stranger =
                TestCertificates.in(folder.resolve("strangers")).issue("prompt-app");
        EventStreaming without = cluster.streaming("app", cluster.broker().certificate(), Map.of("protocol", "ssl"));
        EventStreaming strangers =
                cluster.streaming("app", cluster.broker().certificate(), SecuredCluster.certificate(stranger));

        assertThrows(SslAuthenticationException.class, without::ensureTopics);
        assertThrows(SslAuthenticationException.class, strangers::ensureTopics);
    }

    @Test
    void a_broker_that_the_truststore_does_not_know_is_not_spoken_to() {
        Path stranger = TestCertificates.in(folder.resolve("another")).authority();
        EventStreaming streaming = cluster.streaming(
                "image-sampler",
                cluster.broker().scram(),
                Map.of(
                        "protocol",
                        "sasl-ssl",
                        "user",
                        "image-sampler",
                        "password",
                        SecuredKafka.password("image-sampler"),
                        "truststore",
                        stranger.toString()));

        assertThrows(SslAuthenticationException.class, streaming::ensureTopics);
    }

    @Test
    void a_worker_with_a_wrong_password_is_not_ready_and_lives_on() {
        EventStreaming sampler = cluster.withPassword(ServiceAccess.PROMPT_ENCODER, "wrong-secret-password");
        Exception refusal = assertThrows(Exception.class, sampler::ensureTopics);
        assertInstanceOf(SaslAuthenticationException.class, refusal);
        assertFalse(refusal.getMessage().contains("wrong-secret-password"), refusal.getMessage());
        try (EventWorker worker =
                sampler.batchWorker(SecuredCluster.ENCODING, BatchSettings.of("prompt-encoder"), batch -> List.of())) {
            await().during(Duration.ofSeconds(1)).until(() -> worker.isLive() && !worker.isReady());
        }
    }

    /** Of whatever this class did so far, and of one right and one wrong password more. */
    @Test
    void no_secret_is_logged_or_shown_in_settings() throws Throwable {
        publish(cluster.as(ServiceAccess.PROMPT_APP), Topic.PROMPTS_SUBMITTED, TestCluster.prompt("job-4"));
        EventStreaming wrong = cluster.withPassword(ServiceAccess.IMAGE_SAMPLER, "wrong-secret-password");
        try (EventWorker worker = wrong.follow(
                "marked-follower", Topic.PROMPTS_CANCELLED, PromptCancelled.getDefaultInstance(), incoming -> {})) {
            await().until(() -> !worker.isReady()
                    && !log.with("marked-follower: connects again").isEmpty());
        }
        TestCertificates.Identity identity = cluster.certificates().issue("marked");
        KafkaConfig keyed = cluster.config(cluster.broker().certificate(), SecuredCluster.certificate(identity));
        EventStreaming nobody =
                new EventStreaming(keyed.settings(), keyed.catalogue(), "nobody", new SimpleMeterRegistry());
        assertThrows(
                TopicAuthorizationException.class,
                () -> publish(nobody, Topic.PROMPTS_SUBMITTED, TestCluster.prompt("job-5")));

        assertFalse(log.with("sasl.jaas.config = [hidden]").isEmpty(), "the clients' settings were not heard");
        for (String secret : List.of("secret-password", identity.password())) {
            assertEquals(List.of(), log.with(secret));
            assertFalse(keyed.settings().toString().contains(secret));
        }
    }
}
