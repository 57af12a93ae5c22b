package io.surstream.platformsetup.kafka;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.platformsetup.SetupStep;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.follow.TopicScan;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.testsupport.secured.SecuredKafka;
import io.surstream.testsupport.secured.TestCertificates;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** One broker with an authorizer and TLS; each user has the rights of {@link ServiceAccess} and no others. */
final class SecuredCluster implements AutoCloseable {
    /** What a worker does in these tests that reads prompts. */
    static final WorkerDefinition<PromptSubmitted> ENCODING = WorkerDefinition.of(
            "encoder", Topic.PROMPTS_SUBMITTED, PromptSubmitted.getDefaultInstance(), DeadLetterListener.silent());

    private static final String SECURITY = "surstream.kafka.security.";

    private final TestCertificates certificates;
    private final SecuredKafka broker;

    private SecuredCluster(TestCertificates certificates, SecuredKafka broker) {
        this.certificates = certificates;
        this.broker = broker;
    }

    /** Starts it, with the topics and rights that {@code surstream bootstrap} makes. */
    static SecuredCluster in(Path folder) {
        TestCertificates certificates = TestCertificates.in(folder.resolve("ca"));
        SecuredKafka broker = SecuredKafka.start(
                folder.resolve("kafka"),
                certificates,
                Arrays.stream(ServiceAccess.values()).map(ServiceAccess::user).toList());
        SecuredCluster cluster = new SecuredCluster(certificates, broker);
        try (ClusterSetup setup = cluster.setup(TopicSettings.defaults())) {
            setup.steps(Map.of(), false).forEach(SetupStep::take);
        }
        return cluster;
    }

    TestCertificates certificates() {
        return certificates;
    }

    SecuredKafka broker() {
        return broker;
    }

    /** As its administrator. */
    ClusterSetup setup(TopicSettings topics) {
        return new ClusterSetup(new KafkaSettings(broker.open(), "test", Map.of()), new Topics(topics));
    }

    EventStreaming streaming(String service, String servers, Map<String, String> security) {
        KafkaConfig config = config(servers, security);
        return new EventStreaming(config.settings(), config.catalogue(), service, new SimpleMeterRegistry());
    }

    /** With the settings {@code surstream.kafka.security.*} given, and the broker's authority to trust. */
    KafkaConfig config(String servers, Map<String, String> security) {
        Map<String, String> all = new HashMap<>();
        all.put("surstream.kafka.bootstrap-servers", servers);
        all.put("surstream.kafka.instance", "test");
        // A client that is refused says so soon.
        all.put("surstream.kafka.properties.\"max.block.ms\"", "10000");
        all.put(SECURITY + "truststore", certificates.authority().toString());
        security.forEach((name, value) -> all.put(SECURITY + name, value));
        return new SmallRyeConfigBuilder()
                .withMapping(KafkaConfig.class)
                .withDefaultValues(all)
                .build()
                .getConfigMapping(KafkaConfig.class);
    }

    /** Of a service that signs in with its password. */
    KafkaConfig config(ServiceAccess access) {
        return config(broker.scram(), login(access, SecuredKafka.password(access.user())));
    }

    private static Map<String, String> login(ServiceAccess access, String password) {
        return Map.of("protocol", "sasl-ssl", "user", access.user(), "password", password);
    }

    /** The settings of who shows a certificate. */
    static Map<String, String> certificate(TestCertificates.Identity identity) {
        return Map.of(
                "protocol", "ssl",
                "keystore", identity.keystore().toString(),
                "keystore-password", identity.password());
    }

    /** As a service that signs in with its password. */
    EventStreaming as(ServiceAccess access) {
        return withPassword(access, SecuredKafka.password(access.user()));
    }

    EventStreaming withPassword(ServiceAccess access, String password) {
        return streaming(access.user(), broker.scram(), login(access, password));
    }

    /** @throws Throwable what the publishing failed with */
    static void publish(EventStreaming streaming, Topic topic, Message event) throws Throwable {
        try (EventPublisher publisher = streaming.publisher()) {
            publisher
                    .publish(Outgoing.of(topic, "job-1", event))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    /** From the beginning to the end. */
    static <T extends Message> void read(EventStreaming streaming, Topic topic, T prototype) {
        try (TopicScan<T> scan = streaming.scan("look", topic, prototype)) {
            scan.toEnd(incoming -> {});
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
