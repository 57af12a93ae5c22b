package io.surstream.training.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Settings were refused; the message names all problems. */
public final class TrainingSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<SettingProblem> problems;

    TrainingSettingsException(List<SettingProblem> problems) {
        super(problems.stream().map(SettingProblem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public List<SettingProblem> problems() {
        return problems;
    }
}
