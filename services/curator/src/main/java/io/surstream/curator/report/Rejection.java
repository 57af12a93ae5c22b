package io.surstream.curator.report;

/**
 * Why an item is not in the dataset.
 *
 * @param reason a few words in lower case joined by hyphens; the same words for the same reason
 * @param lasting false where a later import should try the item again, as after a time-out
 */
public record Rejection(Stage stage, String reason, boolean lasting) {

    /** A reason that stays: the item itself is at fault. */
    public static Rejection lasting(Stage stage, String reason) {
        return new Rejection(stage, reason, true);
    }

    /** A reason that may pass. */
    public static Rejection passing(Stage stage, String reason) {
        return new Rejection(stage, reason, false);
    }
}
