package io.surstream.models.llama;

import io.surstream.fixtures.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The small golden decoders with a plain tokenizer of words beside them: every letter and w0 to w99 are words. */
final class TinyTeacher {
    private TinyTeacher() {}

    /** {@code model} is one of the golden llama-teacher cases. */
    static TeacherFolder in(Path folder, String model) throws IOException {
        return in(folder, model, words("WordLevel"));
    }

    static TeacherFolder in(Path folder, String model, String tokenizer) throws IOException {
        Files.createDirectories(folder);
        Path golden = Golden.folder("llama-teacher/" + model + "/model");
        for (String file : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(golden.resolve(file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer);
        return TeacherFolder.open(folder);
    }

    /** A tokenizer.json with nothing in it that is not needed; id 0 is unknown. */
    static String words(String model) {
        StringBuilder vocab = new StringBuilder("\"[UNK]\": 0");
        for (int i = 0; i < 60; i++) {
            vocab.append(String.format(Locale.ROOT, ", \"w%d\": %d", i, i + 1));
        }
        for (char c = 'a'; c <= 'z'; c++) {
            vocab.append(String.format(Locale.ROOT, ", \"%c\": %d", c, 61 + c - 'a'));
        }
        String merges = model.equals("BPE") ? ", \"merges\": []" : "";
        return """
                {"version": "1.0", "added_tokens": [], "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "model": {"type": "%s", "vocab": {%s}%s, "unk_token": "[UNK]"}}
                """.formatted(model, vocab, merges);
    }
}
