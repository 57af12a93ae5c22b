package io.surstream.curator.report;

import io.surstream.v1.CurationReport;
import io.surstream.v1.StageCount;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts where items end. What a stage entered and kept follows from it: an item enters every stage up to the one that
 * drops it. One thread.
 */
public final class ImportStatistics {
    private final Map<Stage, Map<String, Long>> rejections = new EnumMap<>(Stage.class);
    private long read;
    private long rejected;

    /** One item, read and done with. */
    public void count(FilterResult<?> outcome) {
        read++;
        if (outcome instanceof FilterResult.Rejected<?> end) {
            rejected++;
            rejections
                    .computeIfAbsent(end.rejection().stage(), stage -> new TreeMap<>())
                    .merge(end.rejection().reason(), 1L, Long::sum);
        }
    }

    /** Items so far. */
    public long read() {
        return read;
    }

    /** Items so far that went through all stages. */
    public long kept() {
        return read - rejected;
    }

    /** All stages in their order, those that dropped nothing included. */
    public CurationReport report(String dataset) {
        CurationReport.Builder report = CurationReport.newBuilder().setDataset(dataset);
        long entered = read;
        for (Stage stage : Stage.values()) {
            Map<String, Long> reasons = rejections.getOrDefault(stage, Map.of());
            long kept = entered
                    - reasons.values().stream().mapToLong(Long::longValue).sum();
            report.addStages(StageCount.newBuilder()
                    .setStage(stage.title())
                    .setEntered(entered)
                    .setKept(kept)
                    .putAllDropped(reasons));
            entered = kept;
        }
        return report.build();
    }

    /** Several imports of one dataset together. */
    public static CurationReport sum(String dataset, List<CurationReport> reports) {
        Map<String, StageCount.Builder> stages = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            stages.put(stage.title(), StageCount.newBuilder().setStage(stage.title()));
        }
        for (CurationReport report : reports) {
            for (StageCount count : report.getStagesList()) {
                StageCount.Builder sum = stages.computeIfAbsent(
                        count.getStage(), title -> StageCount.newBuilder().setStage(title));
                sum.setEntered(sum.getEntered() + count.getEntered()).setKept(sum.getKept() + count.getKept());
                count.getDroppedMap()
                        .forEach((reason, n) -> sum.putDropped(reason, sum.getDroppedOrDefault(reason, 0) + n));
            }
        }
        CurationReport.Builder total = CurationReport.newBuilder().setDataset(dataset);
        stages.values().forEach(total::addStages);
        return total.build();
    }
}
