package io.surstream.contract.training;

import io.surstream.contract.Sha256;
import io.surstream.v1.TeacherChoice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
        MessageDigest digest = Sha256.digest();
        for (String part :
                new String[] {teacher.getTeacher(), String.valueOf(teacher.getLayer()), teacher.getPooling(), prompt}) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
