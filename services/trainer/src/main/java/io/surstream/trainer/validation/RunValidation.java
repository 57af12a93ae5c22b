package io.surstream.trainer.validation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.JsonFormat;
import io.surstream.contract.ResourceName;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.trainer.publish.TrainerEvents;
import io.surstream.training.settings.SettingProblem;
import io.surstream.training.settings.TrainingSettings;
import io.surstream.training.settings.TrainingSettingsException;
import io.surstream.v1.Failure;
import io.surstream.v1.TeacherChoice;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks a request without models or data; reports all problems together. Pure. */
public final class RunValidation {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEEPEST_LAYER = 1000;
    private static final Set<String> POOLINGS = Set.of("last", "mean");

    private RunValidation() {}

    /** Why the request is refused; empty when it is not. */
    public static Optional<Failure> problem(TrainingRequested request) {
        List<Failure> problems = new ArrayList<>();
        checkId("run_id", request.getRunId(), problems);
        switch (request.getActionCase()) {
            case START -> checkRun(request.getStart(), problems);
            case STOP -> {}
            case ACTION_NOT_SET ->
                problems.add(failure("action", "", "start or stop", "a request must say start or stop"));
        }
        return problems.isEmpty() ? Optional.empty() : Optional.of(Failures.joined(TrainerEvents.STAGE, problems));
    }

    /**
     * The library's settings out of the event's.
     *
     * @throws TrainingSettingsException with every problem
     */
    public static TrainingSettings settings(TrainingRun run) {
        try {
            String json = JsonFormat.printer().preservingProtoFieldNames().print(run.getSettings());
            return TrainingSettings.of(JSON.readValue(json, new TypeReference<Map<String, Object>>() {}));
        } catch (IOException e) {
            throw new IllegalStateException("settings are always JSON", e);
        }
    }

    private static void checkRun(TrainingRun run, List<Failure> problems) {
        checkId("start.dataset", run.getDataset(), problems);
        checkTeacher(run.getTeacher(), problems);
        try {
            settings(run);
        } catch (TrainingSettingsException e) {
            for (SettingProblem problem : e.problems()) {
                problems.add(failure(
                        "start.settings." + problem.name(), problem.value(), problem.limit(), problem.toString()));
            }
        }
    }

    private static void checkTeacher(TeacherChoice teacher, List<Failure> problems) {
        if (teacher.getTeacher().isEmpty()) {
            if (teacher.getLayer() != 0 || !teacher.getPooling().isEmpty()) {
                problems.add(failure(
                        "start.teacher.teacher",
                        "",
                        "a teacher's revision",
                        "start.teacher must name a teacher where it names a layer or a pooling"));
            }
            return;
        }
        if (!POOLINGS.contains(teacher.getPooling())) {
            problems.add(failure(
                    "start.teacher.pooling",
                    teacher.getPooling(),
                    "last or mean",
                    "start.teacher.pooling must be last or mean, since a prompt's teacher is one vector, but is \""
                            + Failures.shown(teacher.getPooling()) + '"'));
        }
        if (teacher.getLayer() < 0 || teacher.getLayer() > DEEPEST_LAYER) {
            problems.add(failure(
                    "start.teacher.layer",
                    String.valueOf(teacher.getLayer()),
                    "0.." + DEEPEST_LAYER,
                    "start.teacher.layer must be 0.." + DEEPEST_LAYER + " but is " + teacher.getLayer()));
        }
    }

    private static void checkId(String field, String id, List<Failure> problems) {
        if (!ResourceName.isValid(id)) {
            problems.add(failure(field, id, ResourceName.LIMIT, field + " must be " + ResourceName.LIMIT));
        }
    }

    private static Failure failure(String field, String value, String limit, String message) {
        return Failures.of(FailureType.INVALID_ARGUMENT, field, value, limit, message).toBuilder()
                .setStage(TrainerEvents.STAGE)
                .build();
    }
}
