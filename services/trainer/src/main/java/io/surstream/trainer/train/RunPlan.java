package io.surstream.trainer.train;

import io.surstream.trainer.assemble.TeacherVectors;
import io.surstream.training.settings.TrainingSettings;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.TeacherChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a run is made of.
 *
 * @param model reference of the base model; empty: the trainer's own
 * @param initialAdapter where to begin without a checkpoint; empty: fresh weights
 * @param examples in the order of their ids
 * @param vectors the teacher's, of all examples
 * @param checkpoint a complete checkpoint's folder to continue from
 */
public record RunPlan(
        String runId,
        String model,
        String initialAdapter,
        TrainingSettings settings,
        List<ExampleCurated> examples,
        TeacherChoice teacher,
        TeacherVectors vectors,
        Optional<Path> checkpoint) {

    /** Whether the run learns from a teacher. */
    public boolean needsTeacher() {
        return settings.objective().llmWeight() > 0;
    }
}
