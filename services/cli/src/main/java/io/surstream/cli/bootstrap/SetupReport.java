package io.surstream.cli.bootstrap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.platformsetup.SetupStep;
import io.surstream.platformsetup.UnsupportedStepException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Takes steps, or only looks at them, and tells what became of each. */
final class SetupReport {
    private static final String FAILED = "failed";

    private record Line(String side, SetupStep step, String outcome, String detail) {}

    private final boolean dryRun;
    private final List<Line> lines = new ArrayList<>();

    SetupReport(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /** A step that fails does not keep the others from being taken. */
    void add(String side, List<SetupStep> steps) {
        for (SetupStep step : steps) {
            lines.add(step.isOpen() && !dryRun ? taken(side, step) : new Line(side, step, found(step), step.detail()));
        }
    }

    /**
     * The same for what is yet to be looked at.
     *
     * @param object what it is about, where looking fails; that does not keep the other side from its steps
     * @return what was found; nothing where that could not be seen
     */
    List<SetupStep> look(String side, String object, Supplier<List<SetupStep>> steps) {
        try {
            List<SetupStep> found = steps.get();
            add(side, found);
            return found;
        } catch (RuntimeException e) {
            String reason = CommandFailedException.reason(e);
            lines.add(new Line(side, SetupStep.left(object, reason), FAILED, reason));
            return List.of();
        }
    }

    private static Line taken(String side, SetupStep step) {
        try {
            step.take();
            String outcome = step.state() == SetupStep.State.MISSING ? "made" : "changed";
            return new Line(side, step, outcome, step.detail());
        } catch (UnsupportedStepException e) {
            return new Line(side, step, "unsupported", e.getMessage());
        } catch (RuntimeException e) {
            return new Line(side, step, FAILED, CommandFailedException.reason(e));
        }
    }

    private static String found(SetupStep step) {
        return switch (step.state()) {
            case PRESENT -> "there";
            case MISSING -> "would make";
            case DIFFERENT -> "would change";
            case LEFT -> "left";
            case UNSUPPORTED -> "unsupported";
        };
    }

    boolean hasFailures() {
        return lines.stream().anyMatch(line -> line.outcome().equals(FAILED));
    }

    boolean hasOpenSteps() {
        return lines.stream().anyMatch(line -> line.step().isOpen());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            String detail = line.detail().isEmpty() ? "" : ": " + line.detail();
            text.append(
                    String.format("%-12s %s%s%n", line.outcome(), line.step().object(), detail));
        }
        return text.toString();
    }

    String json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode document = mapper.createObjectNode().put("dryRun", dryRun);
        ArrayNode steps = document.putArray("steps");
        lines.forEach(line -> steps.addObject()
                .put("side", line.side())
                .put("object", line.step().object())
                .put("outcome", line.outcome())
                .put("detail", line.detail()));
        return document.toPrettyString() + System.lineSeparator();
    }
}
