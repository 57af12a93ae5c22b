package io.surstream.models.llama;

/**
 * A prompt that the teacher can read.
 *
 * @param ids at least one; not to be changed
 */
public record TeacherPrompt(String text, long[] ids) {
    public int tokens() {
        return ids.length;
    }
}
