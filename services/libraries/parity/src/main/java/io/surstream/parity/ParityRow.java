package io.surstream.parity;

/**
 * How one output of one case compares.
 *
 * @param caseName path of the case under the folder that was asked for
 * @param tensor output name, or {@code -} where the whole case is meant
 * @param largestError largest absolute difference; NaN where nothing could be compared
 * @param tolerance what is allowed
 * @param passed verdict
 * @param reason why not, in words; empty when passed
 */
public record ParityRow(
        String caseName, String tensor, double largestError, double tolerance, boolean passed, String reason) {

    static ParityRow failure(String caseName, String tensor, String reason) {
        return new ParityRow(caseName, tensor, Double.NaN, Double.NaN, false, reason);
    }
}
