package io.surstream.models;

import io.surstream.testsupport.fixtures.Golden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A bundled model as a jar would bring it. */
public final class JarModel implements BundledModel {
    private static final String VOCAB = "tokenizer/vocab.json";

    @Override
    public String name() {
        return "small-in-a-jar";
    }

    @Override
    public List<String> files() {
        Path model = Golden.folder("models/sd1-small");
        try (Stream<Path> files = Files.walk(model)) {
            List<String> names = new ArrayList<>(files.filter(Files::isRegularFile)
                    .map(file -> model.relativize(file).toString().replace('\\', '/'))
                    .toList());
            names.add(VOCAB);
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream open(String file) throws IOException {
        return file.equals(VOCAB)
                ? new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8))
                : Files.newInputStream(Golden.folder("models/sd1-small").resolve(file));
    }
}
