package io.surstream.models;

import io.surstream.testsupport.fixtures.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Copies of the small golden model, to be changed and broken. */
public final class TestModels {
    private TestModels() {}

    /** The whole layout; its tokenizer folder holds an empty vocabulary, since the real one may not be copied. */
    public static Path copyTo(Path folder) {
        Path model = Golden.folder("models/sd1-small");
        try (Stream<Path> files = Files.walk(model)) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(model.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
            Files.createDirectories(folder.resolve("tokenizer"));
            Files.writeString(folder.resolve("tokenizer/vocab.json"), "{}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }
}
