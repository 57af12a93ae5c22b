package io.surstream.contract.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.surstream.v1.TeacherChoice;
import org.junit.jupiter.api.Test;

class EmbeddingKeyTest {
    private static final TeacherChoice CHOICE = TeacherChoice.newBuilder()
            .setTeacher("0123456789abcdef")
            .setLayer(39)
            .setPooling("last")
            .build();

    @Test
    void a_key_is_the_digest_of_all_four_each_followed_by_a_zero_byte() {
        // printf '0123456789abcdef\\0%s\\0%s\\0%s\\0' 39 last 'two hearts' | sha256sum
        assertEquals(
                "b0167a50f43c4a9a2140e40915aeb03fb38270b9004040cb40dc5e372fd553a6",
                EmbeddingKey.of(CHOICE, "two hearts"));
    }

    @Test
    void each_part_counts() {
        String key = EmbeddingKey.of(CHOICE, "two hearts");

        assertNotEquals(key, EmbeddingKey.of(CHOICE, "two hearts "));
        assertNotEquals(key, EmbeddingKey.of(CHOICE.toBuilder().setLayer(38).build(), "two hearts"));
        assertNotEquals(
                key, EmbeddingKey.of(CHOICE.toBuilder().setPooling("mean").build(), "two hearts"));
        assertNotEquals(key, EmbeddingKey.of(CHOICE.toBuilder().setTeacher("0").build(), "two hearts"));
    }
}
