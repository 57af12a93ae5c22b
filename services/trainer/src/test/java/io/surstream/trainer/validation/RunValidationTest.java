package io.surstream.trainer.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.training.settings.TrainingSettings;
import io.surstream.v1.Failure;
import io.surstream.v1.TeacherChoice;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingRun;
import io.surstream.v1.TrainingSettings.Builder;
import io.surstream.v1.TrainingStop;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RunValidationTest {
    private static TrainingRun.Builder run(UnaryOperator<Builder> settings) {
        return TrainingRun.newBuilder()
                .setDataset("surd")
                .setSettings(settings.apply(io.surstream.v1.TrainingSettings.newBuilder()));
    }

    private static TrainingRequested start(String runId, TrainingRun.Builder run) {
        return TrainingRequested.newBuilder().setRunId(runId).setStart(run).build();
    }

    @Test
    void a_run_with_nothing_but_a_dataset_takes_the_published_defaults() {
        TrainingRequested request = start("run-1", run(settings -> settings));

        assertTrue(RunValidation.problem(request).isEmpty());
        assertEquals(TrainingSettings.defaults(), RunValidation.settings(request.getStart()));
    }

    @Test
    void every_setting_arrives_under_its_own_name() {
        TrainingSettings settings = RunValidation.settings(run(given -> given.setLearningRate(1e-4)
                        .setSeed(Long.MIN_VALUE)
                        .setUseEma(true)
                        .setMixedPrecision("bf16")
                        .setMaxTrainSteps(7)
                        .setDenoisingWeight(0))
                .build());

        assertEquals(1e-4, settings.learningRate().peak());
        assertEquals(Long.MIN_VALUE, settings.seed());
        assertTrue(settings.emaDecay().isPresent());
        assertEquals("bf16", settings.mixedPrecision());
        assertEquals(7, settings.maxTrainSteps());
        assertEquals(0, settings.objective().denoisingWeight());
    }

    @Test
    void all_problems_are_named_at_once() {
        TrainingRun.Builder run = run(settings -> settings.setLearningRate(-1).setLrScheduler("sine"))
                .setDataset("a/b")
                .setTeacher(TeacherChoice.newBuilder()
                        .setTeacher("t")
                        .setPooling("tokens")
                        .setLayer(-1));

        Failure failure = RunValidation.problem(start("", run)).orElseThrow();

        assertEquals("INVALID_ARGUMENT", failure.getType());
        assertEquals(
                "run_id, start.dataset, start.teacher.pooling, start.teacher.layer, start.settings.lr_scheduler,"
                        + " start.settings.learning_rate",
                failure.getField());
        assertTrue(failure.getMessage().contains("learning_rate must be a number from 0.0 to 10.0 but is -1"));
    }

    @Test
    void a_layer_without_a_teacher_is_refused() {
        TrainingRun.Builder run =
                run(settings -> settings).setTeacher(TeacherChoice.newBuilder().setLayer(3));

        assertEquals(
                "start.teacher.teacher",
                RunValidation.problem(start("run-1", run)).orElseThrow().getField());
    }

    @Test
    void a_stop_needs_an_id_and_a_request_an_action() {
        TrainingRequested stop = TrainingRequested.newBuilder()
                .setRunId("run-1")
                .setStop(TrainingStop.getDefaultInstance())
                .build();

        assertTrue(RunValidation.problem(stop).isEmpty());
        assertEquals(
                "action",
                RunValidation.problem(stop.toBuilder().clearAction().build())
                        .orElseThrow()
                        .getField());
    }
}
