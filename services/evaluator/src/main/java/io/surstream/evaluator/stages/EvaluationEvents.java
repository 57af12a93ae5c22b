package io.surstream.evaluator.stages;

import io.surstream.evaluation.statistics.Interval;
import io.surstream.evaluation.verdict.CategoryGain;
import io.surstream.evaluation.verdict.QualityChange;
import io.surstream.evaluation.verdict.Verdict;
import io.surstream.evaluator.evaluate.Evaluated;
import io.surstream.playground.score.Proportion;
import io.surstream.v1.CategoryScore;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.EvaluationReport;
import io.surstream.v1.Failure;
import io.surstream.v1.MeasuredShare;
import io.surstream.v1.QualityScore;

/** Results as events. Pure. */
public final class EvaluationEvents {
    private EvaluationEvents() {}

    /** Without references to stored objects. */
    public static EvaluationReport report(Evaluated evaluated, String scorer) {
        EvaluationReport.Builder report = EvaluationReport.newBuilder()
                .setVerdict(verdict(evaluated.verdict()))
                .setReason(evaluated.reason())
                .setImages(evaluated.images())
                .setScorer(scorer)
                .setServedRevision(evaluated.servedRevision())
                .setServedVerdict(verdict(evaluated.servedVerdict()));
        evaluated.comparison().categories().forEach(gain -> report.addCategories(category(gain)));
        evaluated.comparison().qualities().forEach(change -> report.addQualities(quality(change)));
        return report.build();
    }

    public static CheckpointEvaluated evaluated(CheckpointPublished checkpoint, EvaluationReport report, long atMs) {
        return CheckpointEvaluated.newBuilder()
                .setCheckpoint(checkpoint)
                .setReport(report)
                .setEvaluatedAtMs(atMs)
                .build();
    }

    public static CheckpointEvaluated failed(CheckpointPublished checkpoint, Failure failure, long atMs) {
        return CheckpointEvaluated.newBuilder()
                .setCheckpoint(checkpoint)
                .setFailure(failure)
                .setEvaluatedAtMs(atMs)
                .build();
    }

    private static CheckpointEvaluated.Verdict verdict(Verdict verdict) {
        return CheckpointEvaluated.Verdict.valueOf(verdict.kind().name());
    }

    private static CategoryScore category(CategoryGain gain) {
        Interval interval = gain.answers().gainInterval();
        return CategoryScore.newBuilder()
                .setCategory(gain.category())
                .setBaseline(share(gain.answers().baseline()))
                .setAdapted(share(gain.answers().adapted()))
                .setGain(gain.answers().pairs() == 0 ? 0 : gain.answers().gain())
                .setGainLower(interval.lower())
                .setGainUpper(interval.upper())
                .build();
    }

    private static MeasuredShare share(Proportion share) {
        return MeasuredShare.newBuilder()
                .setSuccesses(share.successes())
                .setTrials(share.trials())
                .setLower(share.lower())
                .setUpper(share.upper())
                .build();
    }

    private static QualityScore quality(QualityChange change) {
        return QualityScore.newBuilder()
                .setMeasure(change.measure())
                .setHigherIsBetter(change.higherIsBetter())
                .setBaseline(change.baseline())
                .setAdapted(change.adapted())
                .setChange(change.change())
                .setChangeLower(change.interval().lower())
                .setChangeUpper(change.interval().upper())
                .setAcceptable(change.acceptable())
                .build();
    }
}
