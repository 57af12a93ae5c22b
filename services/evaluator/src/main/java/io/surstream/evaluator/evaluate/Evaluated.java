package io.surstream.evaluator.evaluate;

import io.surstream.evaluation.verdict.Comparison;
import io.surstream.evaluation.verdict.Verdict;

/**
 * The result of an evaluation.
 *
 * @param comparison without against with the adapter
 * @param servedRevision what was live, or none
 * @param servedVerdict against that; the same as the verdict where nothing was live
 * @param images of each way of drawing
 * @param document JSON
 * @param sheet PNG
 */
public record Evaluated(
        Comparison comparison,
        Verdict verdict,
        String servedRevision,
        Verdict servedVerdict,
        int images,
        byte[] document,
        byte[] sheet) {

    /** One sentence for people. */
    public String reason() {
        return servedVerdict == verdict
                ? verdict.reason()
                : verdict.reason() + "; against " + servedRevision + ", which is live: " + servedVerdict.reason();
    }
}
