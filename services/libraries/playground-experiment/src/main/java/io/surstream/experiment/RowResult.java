package io.surstream.experiment;

import io.surstream.evaluation.measure.ArmResult;
import java.util.Map;

/**
 * The result of one row.
 *
 * @param arm its images, judged and measured
 * @param losses of the last tenth of the training, means by name; empty where nothing was trained
 * @param trainingSeconds of this machine
 */
public record RowResult(ArmResult arm, Map<String, Double> losses, double trainingSeconds) {}
