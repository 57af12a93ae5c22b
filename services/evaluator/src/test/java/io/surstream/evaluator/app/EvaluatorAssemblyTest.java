package io.surstream.evaluator.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.surstream.evaluator.TestSettings;
import io.surstream.evaluator.config.EvaluatorConfig;
import io.surstream.evaluator.evaluate.Evaluated;
import io.surstream.evaluator.stages.CheckpointEvaluation;
import io.surstream.storage.StorageConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorAssemblyTest {
    @TempDir
    Path folder;

    private CheckpointEvaluation evaluation(String scorer) {
        SmallRyeConfig config = TestSettings.of(Map.of(
                "surstream.evaluator.scorer", scorer,
                "surstream.evaluator.prompts", "20",
                "surstream.evaluator.steps", "1",
                "surstream.evaluator.resamples", "100",
                "surstream.evaluator.adapter-folder", folder.toString()));
        return new EvaluatorAssembly()
                .evaluation(
                        config.getConfigMapping(EvaluatorConfig.class),
                        config.getConfigMapping(StorageConfig.class),
                        new SimpleMeterRegistry());
    }

    @Test
    void a_scorer_that_somebody_brings_judges_when_the_setting_names_it() {
        CheckpointEvaluation evaluation = evaluation("cats");

        Evaluated evaluated =
                evaluation.stage().evaluate(evaluation.bundled().orElseThrow(), Optional.empty(), done -> {});

        assertEquals("cats", evaluation.stage().scorer());
        assertEquals(20, evaluated.comparison().headlineGain().answers().both(), "what it says of the images counts");
        assertEquals("cat", evaluated.comparison().headline());
        assertEquals(List.of(), evaluated.comparison().controls(), "it has none");
    }

    @Test
    void a_scorer_that_nobody_brought_stops_the_start() {
        String told = assertThrows(ConfigValidationException.class, () -> evaluation("dogs"))
                .getMessage();

        assertTrue(told.contains("surstream.evaluator.scorer must be one of playground, cats but is 'dogs'"), told);
    }
}
