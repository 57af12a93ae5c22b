package io.surstream.teacher.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.streaming.batch.BatchSettings;
import io.surstream.teacher.config.TeacherConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long a worker may take is what the settings say. */
class TeacherWorkersTest {

    @Test
    void a_stop_waits_for_the_batch_in_hand_as_long_as_the_setting_says() {
        BatchSettings settings = settings(Map.of("surstream.teacher.drain", "4m", "surstream.teacher.silence", "6m"));

        assertEquals(Duration.ofMinutes(4), settings.drain());
        assertEquals(Duration.ofMinutes(6), settings.silence());
    }

    /** 64 prompts of a model with 1.1 billion numbers take 17 s on one core. */
    @Test
    void by_default_a_stop_waits_longer_than_a_batch_of_a_middling_model_takes_on_a_cpu() {
        assertTrue(settings(Map.of()).drain().compareTo(Duration.ofSeconds(3 * 17)) > 0);
    }

    private static BatchSettings settings(Map<String, String> values) {
        return TeacherWorkers.settings(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(TeacherConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(TeacherConfig.class));
    }
}
