package io.surstream.training;

/**
 * Which hidden state of which language model the adapter is distilled from.
 *
 * @param teacher the teacher's revision
 * @param layer 0 for the embeddings, 1 for the first block's output, and so on
 * @param pooling last or mean: one vector a prompt. Rows of a {@code tokens} pooling belong to the teacher's own tokens, which
 *     another tokenizer cut than the text encoder's, so that no row of one stands for a row of the other
 * @param width of its vectors
 */
public record TeacherLayer(String teacher, int layer, String pooling, int width) {
    public TeacherLayer {
        if (pooling.equals("tokens")) {
            throw new TrainingException(
                    "teacher pooling must be last or mean but is tokens: the teacher's tokens are not"
                            + " the text encoder's, so that there is no row to distil a row from; embed the prompts with last or mean");
        }
        if (!pooling.equals("last") && !pooling.equals("mean")) {
            throw new TrainingException("teacher pooling must be last or mean but is '" + pooling + "'");
        }
        if (layer < 0 || width < 1) {
            throw new TrainingException(
                    "teacher layer must be at least 0 and width at least 1 but are " + layer + " and " + width);
        }
    }
}
