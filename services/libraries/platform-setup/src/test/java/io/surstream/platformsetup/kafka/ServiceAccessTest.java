package io.surstream.platformsetup.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class ServiceAccessTest {
    private static final Topics TOPICS = new Topics(TopicSettings.defaults().withPrefix("house."));

    @Test
    void every_topic_has_a_writer_and_a_reader() {
        Set<Topic> written = EnumSet.noneOf(Topic.class);
        Set<Topic> read = EnumSet.noneOf(Topic.class);
        Set<ServiceAccess> workers = EnumSet.complementOf(EnumSet.of(ServiceAccess.BACKUP, ServiceAccess.RESTORE));
        for (ServiceAccess access : workers) {
            written.addAll(access.writes());
            read.addAll(access.reads());
        }
        assertEquals(EnumSet.allOf(Topic.class), written);
        assertEquals(EnumSet.allOf(Topic.class), read);
    }

    @Test
    void rights_of_the_sampler_are_these_and_no_more() {
        assertEquals(
                List.of(
                        "READ TOPIC LITERAL house.prompts.encoded",
                        "READ TOPIC LITERAL house.prompts.cancelled",
                        "WRITE TOPIC LITERAL house.images.progressed",
                        "WRITE TOPIC LITERAL house.images.sampled",
                        "WRITE TOPIC LITERAL house.dead-letters",
                        "READ GROUP LITERAL image-sampler",
                        "DESCRIBE_CONFIGS GROUP LITERAL image-sampler"),
                ServiceAccess.IMAGE_SAMPLER.grants(TOPICS).stream()
                        .map(ServiceAccessTest::text)
                        .toList());
    }

    @Test
    void nobody_has_a_right_over_the_cluster_or_over_everything() {
        for (ServiceAccess access : ServiceAccess.values()) {
            for (AccessGrant grant : access.grants(TOPICS)) {
                assertFalse(grant.resource().resourceType() == ResourceType.CLUSTER, access + " " + grant);
                assertFalse(grant.resource().name().equals("*"), access + " " + grant);
                assertFalse(grant.operation() == AclOperation.ALL, access + " " + grant);
            }
        }
    }

    /** A backup keeps what these groups have not done yet. */
    @Test
    void backup_sees_every_group_that_works() {
        Set<String> working = Arrays.stream(ServiceAccess.values())
                .flatMap(access -> texts(access).stream())
                .filter(text -> text.startsWith("READ GROUP LITERAL "))
                .map(text -> text.replace("READ", "DESCRIBE"))
                .collect(Collectors.toSet());

        assertEquals(
                working,
                texts(ServiceAccess.BACKUP).stream()
                        .filter(text -> text.contains(" GROUP "))
                        .collect(Collectors.toSet()));
    }

    @Test
    void backup_changes_nothing_and_only_restore_may_make_topics() {
        assertTrue(texts(ServiceAccess.BACKUP).stream()
                .allMatch(text -> text.matches("(READ|DESCRIBE|DESCRIBE_CONFIGS) .*")));
        for (ServiceAccess access : ServiceAccess.values()) {
            assertEquals(
                    access == ServiceAccess.RESTORE,
                    texts(access).stream().anyMatch(text -> text.startsWith("CREATE TOPIC LITERAL")),
                    access.user());
        }
    }

    @Test
    void transactional_ids_of_workers_and_fenced_logs_are_covered() {
        assertTrue(texts(ServiceAccess.PROMPT_ENCODER).contains("WRITE TRANSACTIONAL_ID PREFIXED prompt-encoder-"));
        assertTrue(texts(ServiceAccess.EVALUATOR)
                .contains("WRITE TRANSACTIONAL_ID LITERAL house.adapters.promoted-ledger"));
    }

    /** Each has a folder of its own under services/. */
    @Test
    void services_are_told_from_who_uses_them() {
        assertTrue(ServiceAccess.services().containsAll(List.of("gateway", "evaluator")));
        assertFalse(ServiceAccess.services().contains("prompt-app"));
        for (String service : ServiceAccess.services()) {
            assertTrue(Files.isDirectory(Path.of("../..", service)), service);
        }
    }

    @Test
    void a_service_is_found_by_its_name_and_a_stranger_is_not() {
        for (ServiceAccess access : ServiceAccess.values()) {
            assertEquals(access, ServiceAccess.of(access.user()).orElseThrow());
        }
        assertTrue(ServiceAccess.of("stranger").isEmpty());
        assertEquals(
                ServiceAccess.values().length,
                Arrays.stream(ServiceAccess.values())
                        .map(ServiceAccess::user)
                        .collect(Collectors.toSet())
                        .size());
    }

    private static List<String> texts(ServiceAccess access) {
        return access.grants(TOPICS).stream().map(ServiceAccessTest::text).toList();
    }

    private static String text(AccessGrant grant) {
        return grant.operation() + " " + grant.resource().resourceType() + " "
                + grant.resource().patternType() + " " + grant.resource().name();
    }
}
