package io.surstream.contract.training;

import io.surstream.v1.TeacherChoice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Record keys of examples.embedded: one for each teacher, layer, pooling and prompt. */
public final class EmbeddingKey {
    private EmbeddingKey() {}

    /**
     * Lower-case hex SHA-256 of teacher, layer, pooling and prompt, each followed by a zero byte.
     *
     * @param teacher complete: teacher is the revision
     */
    public static String of(TeacherChoice teacher, String prompt) {
        MessageDigest digest = sha256();
        for (String part :
                new String[] {teacher.getTeacher(), String.valueOf(teacher.getLayer()), teacher.getPooling(), prompt}) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
