package io.surstream.platformsetup.kafka;

import static io.surstream.platformsetup.kafka.SecuredCluster.publish;
import static io.surstream.platformsetup.kafka.SecuredCluster.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.platformsetup.SetupStep;
import io.surstream.platformsetup.backup.BackupException;
import io.surstream.platformsetup.backup.TopicBackup;
import io.surstream.platformsetup.backup.TopicRestore;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.batch.BatchSettings;
import io.surstream.streaming.client.AdminFutures;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.share.ShareSettings;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptEncoded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each user has the rights of {@link ServiceAccess}, which are enough for its work, and no others. */
class ServiceAccessIT {
    @TempDir
    static Path folder;

    private static SecuredCluster cluster;

    @BeforeAll
    static void start() {
        cluster = SecuredCluster.in(folder);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void setup_is_idempotent_and_tells_what_it_does_not_touch() {
        try (ClusterSetup setup = cluster.setup(TopicSettings.defaults())) {
            List<SetupStep> steps = setup.steps(Map.of(), false);
            assertTrue(steps.stream().allMatch(step -> step.state() == SetupStep.State.PRESENT), steps.toString());
        }
        TopicSettings wishes =
                new TopicSettings("surstream.", 8, (short) -1, Map.of("images.progressed", Duration.ofHours(2)));
        try (ClusterSetup setup = cluster.setup(wishes)) {
            assertEquals(Set.of(SetupStep.State.LEFT), states(setup.steps(Map.of(), false), "topic "));
            SetupStep retention = setup.steps(Map.of(), true).stream()
                    .filter(step -> step.isOpen() && step.detail().startsWith("retention"))
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
            assertEquals(List.of(), cluster.as(access).ensureTopics(access.topics()), access.user());
        }
    }

    @Test
    void a_service_whose_topics_are_missing_and_may_not_be_created_says_what_to_do() {
        EventStreaming sampler = new EventStreaming(
                cluster.config(ServiceAccess.IMAGE_SAMPLER).settings(),
                new Topics(TopicSettings.defaults().withPrefix("nowhere.")),
                "image-sampler",
                new SimpleMeterRegistry());

        String refusal = assertThrows(
                        TopicAuthorizationException.class,
                        () -> sampler.ensureTopics(ServiceAccess.IMAGE_SAMPLER.topics()))
                .getMessage();

        assertTrue(refusal.contains("nowhere.prompts.encoded"), refusal);
        assertTrue(refusal.contains("run 'surstream bootstrap'"), refusal);
        assertFalse(refusal.contains("checkpoints"), refusal);
    }

    @Test
    void encoder_and_sampler_do_their_work_with_their_own_rights() throws Throwable {
        EventStreaming encoder = cluster.as(ServiceAccess.PROMPT_ENCODER);
        EventStreaming sampler = cluster.as(ServiceAccess.IMAGE_SAMPLER);
        CountDownLatch sampled = new CountDownLatch(1);
        try (EventPublisher publisher = sampler.publisher();
                EventWorker encoding = encoder.batchWorker(
                        SecuredCluster.ENCODING, BatchSettings.of("prompt-encoder"), batch -> batch.stream()
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
            publish(cluster.as(ServiceAccess.PROMPT_APP), Topic.PROMPTS_SUBMITTED, TestCluster.prompt("job-1"));

            assertTrue(
                    sampled.await(60, TimeUnit.SECONDS),
                    "encoding " + encoding.isReady() + ", sampling " + sampling.isReady());
        }
        read(cluster.as(ServiceAccess.PROMPT_APP), Topic.IMAGES_SAMPLED, ImageSampled.getDefaultInstance());
    }

    @Test
    void backup_and_restore_do_their_work_with_their_own_rights_and_backup_writes_nothing() throws Throwable {
        Path saved = Files.createDirectories(folder.resolve("backup"));
        publish(cluster.as(ServiceAccess.PROMPT_APP), Topic.PROMPTS_SUBMITTED, TestCluster.prompt("job-9"));

        Map<String, Long> kept = backup().save(saved, List.of());
        assertEquals(Topic.values().length, kept.size());
        assertTrue(kept.get(Topic.PROMPTS_SUBMITTED.shortName()) > 0, kept.toString());
        assertThrows(
                AuthorizationException.class,
                () -> publish(cluster.as(ServiceAccess.BACKUP), Topic.PROMPTS_SUBMITTED, TestCluster.prompt("job-10")));

        Topics others = new Topics(TopicSettings.defaults().withPrefix("restored."));
        List<AclBinding> rights = ServiceAccess.RESTORE.grants(others).stream()
                .map(grant -> new AclBinding(
                        grant.resource(),
                        new AccessControlEntry("User:restore", "*", grant.operation(), AclPermissionType.ALLOW)))
                .toList();
        KafkaConfig restorer = cluster.config(ServiceAccess.RESTORE);
        TopicRestore restoring = new TopicRestore(restorer.settings(), others);
        KafkaSettings administrator = new KafkaSettings(cluster.broker().open(), "test", Map.of());
        try (Admin admin = Admin.create(administrator.clientProperties(Map.of()))) {
            AdminFutures.await(admin.createAcls(rights).all());
            assertEquals(kept, restoring.load(saved));
            // Those of the other prefix alone: what both have is the table's.
            AdminFutures.await(admin.deleteAcls(rights.stream()
                            .filter(right -> right.pattern().name().startsWith("restored."))
                            .map(AclBinding::toFilter)
                            .toList())
                    .all());
        }
    }

    @Test
    void a_backup_that_would_leave_out_what_its_user_may_not_see_is_refused_with_the_right_that_is_missing()
            throws IOException {
        Path saved = Files.createDirectories(folder.resolve("refused"));

        String group = refusal(saved, new ResourcePattern(ResourceType.GROUP, "image-sampler", PatternType.LITERAL));
        String topic = refusal(saved, new ResourcePattern(ResourceType.TOPIC, "surstream.jobs", PatternType.LITERAL));

        assertTrue(group.contains("group image-sampler") && group.contains("the right DESCRIBE"), group);
        assertTrue(topic.contains("topic surstream.jobs") && topic.contains("the rights READ and"), topic);
    }

    private static TopicBackup backup() {
        KafkaConfig config = cluster.config(ServiceAccess.BACKUP);
        return new TopicBackup(config.settings(), config.catalogue());
    }

    /** What is said to whoever makes a backup and lacks all rights on one thing. */
    private static String refusal(Path saved, ResourcePattern lacking) {
        List<AclBinding> rights = ServiceAccess.BACKUP.grants(new Topics(TopicSettings.defaults())).stream()
                .filter(grant -> grant.resource().equals(lacking))
                .map(grant -> new AclBinding(
                        lacking,
                        new AccessControlEntry("User:backup", "*", grant.operation(), AclPermissionType.ALLOW)))
                .toList();
        KafkaSettings administrator = new KafkaSettings(cluster.broker().open(), "test", Map.of());
        try (Admin admin = Admin.create(administrator.clientProperties(Map.of()))) {
            AdminFutures.await(
                    admin.deleteAcls(rights.stream().map(AclBinding::toFilter).toList())
                            .all());
            try {
                return assertThrows(BackupException.class, () -> backup().save(saved, List.of()))
                        .getMessage();
            } finally {
                AdminFutures.await(admin.createAcls(rights).all());
            }
        }
    }

    @Test
    void a_sampler_cannot_read_checkpoints_or_write_prompts() {
        EventStreaming sampler = cluster.as(ServiceAccess.IMAGE_SAMPLER);

        assertThrows(
                TopicAuthorizationException.class,
                () -> read(sampler, Topic.CHECKPOINTS_PUBLISHED, CheckpointPublished.getDefaultInstance()));
        assertThrows(
                TopicAuthorizationException.class,
                () -> publish(sampler, Topic.PROMPTS_SUBMITTED, TestCluster.prompt("job-2")));
    }

    @Test
    void a_prompt_app_writes_prompts_and_reads_images_and_nothing_else() {
        EventStreaming app = cluster.as(ServiceAccess.PROMPT_APP);
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
}
