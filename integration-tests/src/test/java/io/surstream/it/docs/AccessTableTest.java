package io.surstream.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.access.CallerRole;
import io.surstream.curator.app.CuratorLifecycle;
import io.surstream.encoder.kafka.EncoderWorkers;
import io.surstream.evaluator.kafka.EvaluatorWorkers;
import io.surstream.gateway.Gateway;
import io.surstream.platformsetup.kafka.AccessGrant;
import io.surstream.platformsetup.kafka.ServiceAccess;
import io.surstream.sampler.kafka.SamplerWorkers;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.teacher.kafka.TeacherWorkers;
import io.surstream.trainer.kafka.TrainerWorkers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class AccessTableTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/operations/security.md");

    @Test
    void page_shows_the_rights_and_callers_of_the_code() throws IOException {
        String page = Files.readString(PAGE);
        String made = CallerTable.into(AccessTable.into(page));
        if (Boolean.getBoolean("surstream.docs.write")) {
            Files.writeString(PAGE, made);
            page = made;
        }

        assertEquals(
                made, page, "the rights or callers in docs/operations/security.md have drifted; run ./docs/generate");
    }

    /** Rights are given for the groups of the services' default settings. */
    @Test
    void groups_are_those_of_the_services_settings() throws IOException {
        Map<ServiceAccess, String> settings = Map.of(
                ServiceAccess.PROMPT_ENCODER, "surstream.encoder.group",
                ServiceAccess.IMAGE_SAMPLER, "surstream.sampler.group",
                ServiceAccess.LLM_TEACHER, "surstream.teacher.group",
                ServiceAccess.TRAINER, "surstream.trainer.group",
                ServiceAccess.EVALUATOR, "surstream.evaluator.group",
                ServiceAccess.GATEWAY, "surstream.gateway.view.application-id");
        Map<String, String> defaults = defaults();

        settings.forEach((access, setting) -> assertTrue(
                mayRead(access, defaults.get(setting)),
                access.user() + " may not use " + setting + '=' + defaults.get(setting)));
    }

    @Test
    void rights_are_for_the_topics_that_the_services_name() {
        Map<ServiceAccess, Set<Topic>> named = Map.of(
                ServiceAccess.GATEWAY, Gateway.TOPICS,
                ServiceAccess.PROMPT_ENCODER, EncoderWorkers.TOPICS,
                ServiceAccess.IMAGE_SAMPLER, SamplerWorkers.TOPICS,
                ServiceAccess.CURATOR, CuratorLifecycle.TOPICS,
                ServiceAccess.LLM_TEACHER, TeacherWorkers.TOPICS,
                ServiceAccess.TRAINER, TrainerWorkers.TOPICS,
                ServiceAccess.EVALUATOR, EvaluatorWorkers.TOPICS);
        assertEquals(ServiceAccess.services().size(), named.size());
        named.forEach((access, topics) -> assertEquals(access.topics(), topics, access.user()));
    }

    @Test
    void no_service_has_a_callers_role_since_none_calls_another() {
        for (CallerRole role : CallerRole.values()) {
            assertFalse(ServiceAccess.services().contains(role.title()), role.title());
        }
    }

    private static boolean mayRead(ServiceAccess access, String group) {
        return access.grants(new Topics(TopicSettings.defaults())).stream()
                .map(AccessGrant::resource)
                .anyMatch(resource -> resource.resourceType() == ResourceType.GROUP
                        && resource.name().equals(group));
    }

    private static Map<String, String> defaults() throws IOException {
        Map<String, String> defaults = new HashMap<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("services"))) {
            for (Path file : files.filter(path -> path.toString().endsWith("Config.java"))
                    .toList()) {
                ConfigurationSource.of(file)
                        .ifPresent(source -> source.settings().forEach(setting -> setting.defaultValue()
                                .ifPresent(value -> defaults.put(setting.name(), value))));
            }
        }
        return defaults;
    }
}
