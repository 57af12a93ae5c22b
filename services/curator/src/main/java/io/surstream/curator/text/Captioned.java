package io.surstream.curator.text;

/**
 * A plain sentence and who wrote it.
 *
 * @param captioner {@link #GIVEN} or a captioner's name
 */
public record Captioned(String sentence, String captioner) {
    /** The source itself gave the sentence. */
    public static final String GIVEN = "given";
}
