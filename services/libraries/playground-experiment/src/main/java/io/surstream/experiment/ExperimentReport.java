package io.surstream.experiment;

import io.surstream.evaluation.measure.ArmResult;
import io.surstream.evaluation.measure.Edges;
import io.surstream.evaluation.statistics.FrechetDistance;
import io.surstream.playground.score.Attribute;
import io.surstream.playground.score.PlaygroundScore.Wording;
import io.surstream.playground.score.Proportion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The experiment's numbers, for people and for programs. */
public record ExperimentReport(ExperimentPlan plan, ProbeStudy probes, Map<String, Row> rows) {
    /**
     * One row.
     *
     * @param shares of right images, by attribute
     * @param closed how much of the gap between plain and keyword prompts is closed, by attribute; NaN where there is
     *     none
     * @param frechet distance of the images' features to those of real scenes
     */
    public record Row(
            String title,
            Map<Attribute, Proportion> shares,
            Map<Attribute, Double> closed,
            double frechet,
            double sharpness,
            Map<String, Double> losses,
            double trainingSeconds) {}

    private static final List<Attribute> SHOWN = List.of(
            Attribute.COLOUR,
            Attribute.COUNT,
            Attribute.ARRANGEMENT,
            Attribute.TOGETHER,
            Attribute.SHAPE,
            Attribute.STYLE);

    static ExperimentReport of(
            ExperimentPlan plan, ProbeStudy probes, Map<ExperimentRow, RowResult> results, List<double[]> references) {
        FrechetDistance distance = FrechetDistance.to(references);
        Map<Wording, Map<Attribute, Proportion>> low = Map.of(
                Wording.PLAIN,
                shares(results.get(ExperimentRow.PLAIN)),
                Wording.FRESH,
                shares(results.get(ExperimentRow.FRESH)));
        Map<Attribute, Proportion> high = shares(results.get(ExperimentRow.KEYWORD));
        Map<String, Row> rows = new LinkedHashMap<>();
        results.forEach((row, result) -> {
            ArmResult arm = result.arm();
            int[] all = IntStream.range(0, arm.images()).toArray();
            Map<Attribute, Proportion> shares = shares(result);
            rows.put(
                    row.name(),
                    new Row(
                            row.title(),
                            shares,
                            row.adapterOf().isPresent() && low.containsKey(row.wording())
                                    ? closed(low.get(row.wording()), high, shares)
                                    : Map.of(),
                            distance.of(arm.features()),
                            Edges.sharpness(arm.edges(), all),
                            result.losses(),
                            result.trainingSeconds()));
        });
        return new ExperimentReport(plan, probes, rows);
    }

    private static Map<Attribute, Proportion> shares(RowResult result) {
        Map<Attribute, Proportion> shares = new LinkedHashMap<>();
        for (Attribute attribute : SHOWN) {
            String category = attribute.name().toLowerCase(Locale.ROOT);
            List<Boolean> answers = result.arm().right().stream()
                    .filter(right -> right.containsKey(category))
                    .map(right -> right.get(category))
                    .toList();
            int right = (int) answers.stream().filter(Boolean::booleanValue).count();
            shares.put(attribute, new Proportion(right, answers.size()));
        }
        return shares;
    }

    private static Map<Attribute, Double> closed(
            Map<Attribute, Proportion> low, Map<Attribute, Proportion> high, Map<Attribute, Proportion> own) {
        Map<Attribute, Double> closed = new LinkedHashMap<>();
        for (Attribute attribute : SHOWN) {
            double from = low.get(attribute).rate();
            double to = high.get(attribute).rate();
            closed.put(attribute, to > from ? (own.get(attribute).rate() - from) / (to - from) : Double.NaN);
        }
        return closed;
    }

    /** Tables in Markdown. */
    public String toMarkdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d images a row, %% right (95 %% interval), then the share of the gap closed.%n%n",
                plan.images()));
        text.append("| |")
                .append(SHOWN.stream().map(Attribute::title).collect(Collectors.joining(" | ", " ", " |")))
                .append(" Fréchet distance | sharpness |\n|---|")
                .append("---|".repeat(SHOWN.size() + 2))
                .append('\n');
        rows.values().forEach(row -> text.append(line(row)));
        text.append(
                "\nA linear probe on the states of unseen sentences about unseen scenes, % read right:\n\n| states |");
        Map<Attribute, Double> first = probes.shares().values().iterator().next();
        first.keySet()
                .forEach(attribute -> text.append(' ').append(attribute.title()).append(" |"));
        text.append("\n|---|").append("---|".repeat(first.size())).append('\n');
        probes.shares().forEach((source, shares) -> {
            text.append("| ").append(source).append(" |");
            shares.values().forEach(share -> text.append(String.format(Locale.ROOT, " %.1f |", 100 * share)));
            text.append('\n');
        });
        return text.toString();
    }

    private static String line(Row row) {
        StringBuilder line = new StringBuilder("| ").append(row.title()).append(" |");
        row.shares().forEach((attribute, share) -> {
            line.append(String.format(
                    Locale.ROOT, " %.1f (%.1f–%.1f)", 100 * share.rate(), 100 * share.lower(), 100 * share.upper()));
            double closed = row.closed().getOrDefault(attribute, Double.NaN);
            line.append(Double.isNaN(closed) ? " |" : String.format(Locale.ROOT, " **%.0f %%** |", 100 * closed));
        });
        return line.append(String.format(Locale.ROOT, " %.3f | %.3f |%n", row.frechet(), row.sharpness()))
                .toString();
    }
}
