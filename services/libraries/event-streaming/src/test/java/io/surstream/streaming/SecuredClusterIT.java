package io.surstream.streaming;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.secured.HeardLog;
import io.surstream.secured.SecuredKafka;
import io.surstream.secured.TestCertificates;
import io.surstream.setup.SetupStep;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One broker with an authorizer and TLS; each user has the rights of {@link ServiceAccess} and no others. */
class SecuredClusterIT {
    private static final String SECURITY = "surstream.kafka.security.";

    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static SecuredKafka broker;
    private static HeardLog log;

    @BeforeAll
    static void startBroker() {
        log = HeardLog.listen();
        certificates = TestCertificates.in(folder.resolve("ca"));
        broker = SecuredKafka.start(
                folder.resolve("kafka"),
                certificates,
                Arrays.stream(ServiceAccess.values()).map(ServiceAccess::user).toList());
        try (ClusterSetup setup = setup(TopicSettings.defaults())) {
            setup.steps(Map.of(), false).forEach(SetupStep::take);
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
        log.close();
    }

    private static ClusterSetup setup(TopicSettings topics) {
        return new ClusterSetup(new KafkaSettings(broker.open(), "test", Map.of()), new Topics(topics));
    }

    private static Map<String, String> login(String user, String password) {
        return Map.of("protocol", "sasl-ssl", "user", user, "password", password);
    }

    private static EventStreaming streaming(String service, String servers, Map<String, String> security) {
        KafkaConfig config = config(servers, security);
        return new EventStreaming(config.settings(), config.catalogue(), service, new SimpleMeterRegistry());
    }

    private static KafkaConfig config(String servers, Map<String, String> security) {
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

    /** As a service that signs in with its password. */
    private static EventStreaming as(ServiceAccess access) {
        return withPassword(access, SecuredKafka.password(access.user()));
    }

    private static EventStreaming withPassword(ServiceAccess access, String password) {
        return streaming(access.user(), broker.scram(), login(access.user(), password));
    }

    private static void publish(EventStreaming streaming, Topic topic, Message event) throws Throwable {
        try (EventPublisher publisher = streaming.publisher()) {
            publisher
                    .publish(Outgoing.of(topic, "job-1", event))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private static <T extends Message> void read(EventStreaming streaming, Topic topic, T prototype) {
        try (TopicScan<T> scan = streaming.scan("look", topic, prototype)) {
            scan.toEnd(incoming -> {});
        }
    }

    @Test
    void setup_is_idempotent_and_tells_what_it_does_not_touch() {
        try (ClusterSetup setup = setup(TopicSettings.defaults())) {
            List<SetupStep> steps = setup.steps(Map.of(), false);
            assertTrue(steps.stream().allMatch(step -> step.state() == SetupStep.State.PRESENT), steps.toString());
        }
        TopicSettings wishes =
                new TopicSettings("surstream.", 8, (short) -1, Map.of("images.progressed", Duration.ofHours(2)));
        try (ClusterSetup setup = setup(wishes)) {
            assertEquals(Set.of(SetupStep.State.LEFT), states(setup.steps(Map.of(), false), "topic "));
            SetupStep retention = setup.steps(Map.of(), true).stream()
                    .filter(SetupStep::isOpen)
                    .findFirst()
                    .orElseThrow();
            assertEquals("retention.ms is 3600000, the settings say 7200000", retention.detail());
            Map<ServiceAccess, String> other = Map.of(ServiceAccess.CURATOR, "User:somebody");
            assertEquals(
                    List.of("access of User:somebody: write topic surstream.examples.curated"),
                    setup.steps(other, false).stream()
                            .filter(SetupStep::isOpen)
                            .map(step -> step.object() + ": " + step.detail())
                            .toList());
        }
    }

    private static Set<SetupStep.State> states(List<SetupStep> steps, String object) {
        Set<SetupStep.State> states = new HashSet<>();
        steps.stream().filter(step -> step.object().startsWith(object)).forEach(step -> states.add(step.state()));
        return states;
    }

    @Test
    void services_that_may_not_create_topics_are_content_when_theirs_are_there() {
        for (ServiceAccess access : ServiceAccess.values()) {
            assertEquals(List.of(), as(access).ensureTopics(), access.user());
        }
    }

    @Test
    void a_service_whose_topics_are_missing_and_may_not_be_created_says_what_to_do() {
        EventStreaming sampler = new EventStreaming(
                config(broker.scram(), login("image-sampler", SecuredKafka.password("image-sampler")))
                        .settings(),
                new Topics(TopicSettings.defaults().withPrefix("nowhere.")),
                "image-sampler",
                new SimpleMeterRegistry());

        String refusal = assertThrows(TopicAuthorizationException.class, sampler::ensureTopics)
                .getMessage();

        assertTrue(refusal.contains("nowhere.prompts.encoded"), refusal);
        assertTrue(refusal.contains("run 'surstream bootstrap'"), refusal);
        assertFalse(refusal.contains("checkpoints"), refusal);
    }

    @Test
    void encoder_and_sampler_do_their_work_with_their_own_rights() throws Throwable {
        EventStreaming encoder = as(ServiceAccess.PROMPT_ENCODER);
        EventStreaming sampler = as(ServiceAccess.IMAGE_SAMPLER);
        CountDownLatch sampled = new CountDownLatch(1);
        try (EventPublisher publisher = sampler.publisher();
                EventWorker encoding = encoder.batchWorker(
                        WorkerDefinition.of(
                                "encoder",
                                Topic.PROMPTS_SUBMITTED,
                                PromptSubmitted.getDefaultInstance(),
                                DeadLetterListener.silent()),
                        BatchSettings.of("prompt-encoder"),
                        batch -> batch.stream()
                                .map(each -> each.reply(
                                        Topic.PROMPTS_ENCODED,
                                        each.key(),
                                        PromptEncoded.newBuilder()
                                                .setJobId(each.event().getJobId())
                                                .build()))
                                .toList());
                EventWorker sampling = sampler.shareWorker(
                        WorkerDefinition.of(
                                "sampler",
                                Topic.PROMPTS_ENCODED,
                                PromptEncoded.getDefaultInstance(),
                                DeadLetterListener.silent()),
                        ShareSettings.of("image-sampler"),
                        publisher,
                        (incoming, lease) -> {
                            publisher
                                    .publish(incoming.reply(
                                            Topic.IMAGES_SAMPLED,
                                            incoming.key(),
                                            ImageSampled.newBuilder()
                                                    .setJobId(incoming.key())
                                                    .build()))
                                    .toCompletableFuture()
                                    .get(30, TimeUnit.SECONDS);
                            sampled.countDown();
                        })) {
            publish(as(ServiceAccess.PROMPT_APP), Topic.PROMPTS_SUBMITTED, TestCluster.prompt("job-1"));

            assertTrue(
                    sampled.await(60, TimeUnit.SECONDS),
                    "encoding " + encoding.isReady() + ", sampling " + sampling.isReady());
        }
        read(as(ServiceAccess.PROMPT_APP), Topic.IMAGES_SAMPLED, ImageSampled.getDefaultInstance());
    }

    @Test
    void backup_and_restore_do_their_work_with_their_own_rights_and_backup_writes_nothing() throws Throwable {
        Path saved = Files.createDirectories(folder.resolve("backup"));
        publish(as(ServiceAccess.PROMPT_APP), Topic.PROMPTS_SUBMITTED, TestCluster.prompt("job-9"));

        Map<String, Long> kept = as(ServiceAccess.BACKUP).backup().save(saved, List.of());
        assertEquals(Topic.values().length, kept.size());
        assertTrue(kept.get(Topic.PROMPTS_SUBMITTED.shortName()) > 0, kept.toString());
        assertThrows(
                AuthorizationException.class,
                () -> publish(as(ServiceAccess.BACKUP), Topic.PROMPTS_SUBMITTED, TestCluster.prompt("job-10")));

        Topics others = new Topics(TopicSettings.defaults().withPrefix("restored."));
        List<AclBinding> rights = ServiceAccess.RESTORE.grants(others).stream()
                .map(grant -> new AclBinding(
                        grant.resource(),
                        new AccessControlEntry("User:restore", "*", grant.operation(), AclPermissionType.ALLOW)))
                .toList();
        KafkaConfig restorer = config(broker.scram(), login("restore", SecuredKafka.password("restore")));
        EventStreaming restoring =
                new EventStreaming(restorer.settings(), others, "restore", new SimpleMeterRegistry());
        KafkaSettings administrator = new KafkaSettings(broker.open(), "test", Map.of());
        try (Admin admin = Admin.create(administrator.clientProperties(Map.of()))) {
            Awaiting.await(admin.createAcls(rights).all());
            assertEquals(kept, restoring.restore().load(saved));
            // Those of the other prefix alone: what both have is the table's.
            Awaiting.await(admin.deleteAcls(rights.stream()
                            .filter(right -> right.pattern().name().startsWith("restored."))
                            .map(AclBinding::toFilter)
                            .toList())
                    .all());
        }
    }

    @Test
    void a_sampler_cannot_read_checkpoints_or_write_prompts() {
        EventStreaming sampler = as(ServiceAccess.IMAGE_SAMPLER);

        assertThrows(
                TopicAuthorizationException.class,
                () -> read(sampler, Topic.CHECKPOINTS_PUBLISHED, CheckpointPublished.getDefaultInstance()));
        assertThrows(
                TopicAuthorizationException.class,
                () -> publish(sampler, Topic.PROMPTS_SUBMITTED, TestCluster.prompt("job-2")));
    }

    @Test
    void a_prompt_app_writes_prompts_and_reads_images_and_nothing_else() {
        EventStreaming app = as(ServiceAccess.PROMPT_APP);
        for (Topic topic : Topic.values()) {
            if (topic.event().isEmpty()) {
                continue;
            }
            Message event = DynamicMessage.getDefaultInstance(topic.event().get());
            if (!ServiceAccess.PROMPT_APP.writes().contains(topic)) {
                assertThrows(TopicAuthorizationException.class, () -> publish(app, topic, event), topic.shortName());
            }
        }
        assertThrows(
                TopicAuthorizationException.class,
                () -> read(app, Topic.PROMPTS_ENCODED, PromptEncoded.getDefaultInstance()));
        read(app, Topic.IMAGES_SAMPLED, ImageSampled.getDefaultInstance());
    }

    @Test
    void a_client_certificate_is_as_good_as_a_password() throws Throwable {
        TestCertificates.Identity app = certificates.issue("prompt-app");
        EventStreaming streaming = streaming(
                "app",
                broker.certificate(),
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
        EventStreaming without = streaming("app", broker.certificate(), Map.of("protocol", "ssl"));
        EventStreaming strangers = streaming(
                "app",
                broker.certificate(),
                Map.of(
                        "protocol",
                        "ssl",
                        "keystore",
                        stranger.keystore().toString(),
                        "keystore-password",
                        stranger.password()));

        assertThrows(SslAuthenticationException.class, without::ensureTopics);
        assertThrows(SslAuthenticationException.class, strangers::ensureTopics);
    }

    @Test
    void a_broker_that_the_truststore_does_not_know_is_not_spoken_to() {
        Path stranger = TestCertificates.in(folder.resolve("another")).authority();
        EventStreaming streaming = streaming(
                "image-sampler",
                broker.scram(),
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
        EventStreaming sampler = withPassword(ServiceAccess.PROMPT_ENCODER, "wrong-secret-password");
        Exception refusal = assertThrows(Exception.class, sampler::ensureTopics);
        assertInstanceOf(SaslAuthenticationException.class, refusal);
        assertFalse(refusal.getMessage().contains("wrong-secret-password"), refusal.getMessage());
        try (EventWorker worker = sampler.batchWorker(
                WorkerDefinition.of(
                        "encoder",
                        Topic.PROMPTS_SUBMITTED,
                        PromptSubmitted.getDefaultInstance(),
                        DeadLetterListener.silent()),
                BatchSettings.of("prompt-encoder"),
                batch -> List.of())) {
            await().during(Duration.ofSeconds(1)).until(() -> worker.isLive() && !worker.isReady());
        }
    }

    /** Of whatever this class did so far, and of one right and one wrong password more. */
    @Test
    void no_secret_is_logged_or_shown_in_settings() throws Throwable {
        publish(as(ServiceAccess.PROMPT_APP), Topic.PROMPTS_SUBMITTED, TestCluster.prompt("job-4"));
        EventStreaming wrong = withPassword(ServiceAccess.IMAGE_SAMPLER, "wrong-secret-password");
        try (EventWorker worker = wrong.follow(
                "marked-follower", Topic.PROMPTS_CANCELLED, PromptCancelled.getDefaultInstance(), incoming -> {})) {
            await().until(() -> !worker.isReady()
                    && !log.with("marked-follower: connects again").isEmpty());
        }
        TestCertificates.Identity identity = certificates.issue("marked");
        KafkaConfig keyed = config(
                broker.certificate(),
                Map.of(
                        "protocol",
                        "ssl",
                        "keystore",
                        identity.keystore().toString(),
                        "keystore-password",
                        identity.password()));
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
