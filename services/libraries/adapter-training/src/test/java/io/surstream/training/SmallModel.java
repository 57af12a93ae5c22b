package io.surstream.training;

import io.surstream.models.ModelFolder;
import io.surstream.testsupport.fixtures.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The small golden model with a tokenizer that knows single letters. */
public final class SmallModel {
    private SmallModel() {}

    /** A new folder of links to the golden files. */
    public static ModelFolder folder() {
        try {
            Path folder = Files.createTempDirectory("model-");
            Path golden = Golden.folder("models/sd1-small");
            for (String part : List.of("model_index.json", "text_encoder", "unet", "vae", "scheduler")) {
                Files.createSymbolicLink(folder.resolve(part), golden.resolve(part));
            }
            Path tokenizer = Files.createDirectory(folder.resolve("tokenizer"));
            Files.writeString(tokenizer.resolve("vocab.json"), vocabulary());
            Files.writeString(tokenizer.resolve("merges.txt"), "#version: 0.2\n");
            return ModelFolder.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String vocabulary() {
        StringBuilder json = new StringBuilder("{\"<|startoftext|>\": 49406, \"<|endoftext|>\": 49407");
        for (char c = '!'; c <= '~'; c++) {
            String letter = c == '"' || c == '\\' ? "\\" + c : String.valueOf(c);
            json.append(", \"").append(letter).append("\": ").append((int) c);
            json.append(", \"").append(letter).append("</w>\": ").append(c + 256);
        }
        return json.append('}').toString();
    }
}
