package io.surstream.cli.doctor;

import io.surstream.contract.Sha256;
import io.surstream.models.ModelException;
import io.surstream.models.ModelFolder;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.llama.TeacherFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a model can be used and is the one that is meant. */
enum ModelCheck {
    /** {@code surstream.model}. */
    MODEL("diffusers") {
        @Override
        Found find(ModelResolver resolver, String reference) {
            ModelFolder model = resolver.resolve(reference);
            return new Found(model.name(), model.revision(), model.path());
        }
    },
    /** {@code surstream.teacher}. */
    TEACHER("transformers") {
        @Override
        Found find(ModelResolver resolver, String reference) {
            TeacherFolder teacher = TeacherFolder.resolve(resolver, reference);
            return new Found(teacher.name(), teacher.revision(), teacher.path());
        }
    };

    private static final String SUMS = "SHA256SUMS";

    private final String layout;

    ModelCheck(String layout) {
        this.layout = layout;
    }

    /** A model that is here. */
    private record Found(String name, String revision, Path path) {}

    /** @throws ModelException when the reference leads to no such model */
    abstract Found find(ModelResolver resolver, String reference);

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param reference as the setting has it
     * @param revision that it must have, if it is configured
     */
    Finding of(String reference, Optional<String> revision) {
        if (reference.contains("://")) {
            return Finding.warn(
                    word(),
                    reference + " is fetched when a service starts",
                    "to check it now, give its folder by --" + word() + " DIR");
        }
        try {
            return judge(reference, find(ModelResolver.standard(Map.of()), reference), revision);
        } catch (ModelException e) {
            return Finding.fail(
                    word(),
                    e.getMessage(),
                    "give a folder in " + layout + " layout, or playground, by --" + word() + " or SURSTREAM_"
                            + name());
        } catch (IOException e) {
            return Finding.fail(
                    word(), "the model's files cannot be read: " + e.getMessage(), "see to the rights of the folder");
        }
    }

    private Finding judge(String reference, Found model, Optional<String> revision) throws IOException {
        String found = model.name() + ", revision " + model.revision() + ", in " + model.path();
        List<String> differing = differing(model.path());
        if (!differing.isEmpty()) {
            return Finding.fail(
                    word(),
                    found + ": the SHA-256 of " + differing + " is not that in " + SUMS,
                    "fetch these files again, or the whole model");
        }
        Optional<String> expected = revision.isPresent() || Files.exists(Path.of(reference))
                ? revision
                : Optional.of(ofThisBuild(reference));
        if (expected.isPresent() && !expected.get().equals(model.revision())) {
            return Finding.fail(
                    word(),
                    found + ", but it must be " + expected.get(),
                    revision.isPresent()
                            ? "get the right model or correct --model-revision; adapters fit one revision alone"
                            : "delete the folder: it is unpacked again");
        }
        return Finding.ok(word(), found);
    }

    /** Revision of a bundled model whose files were checked against their list while they were unpacked. */
    private String ofThisBuild(String reference) throws IOException {
        Path folder = Files.createTempDirectory("surstream-doctor-");
        try {
            return find(new ModelResolver(folder, Map.of(), Map.of()), reference)
                    .revision();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Files whose SHA-256 is not the listed one, where the folder has a list. */
    private static List<String> differing(Path folder) throws IOException {
        Path sums = folder.resolve(SUMS);
        if (!Files.isRegularFile(sums)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(sums)) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> line.split("\\s+\\*?", 2))
                    .filter(line -> !line[0].equals(sha256(folder.resolve(line[1]))))
                    .map(line -> line[1])
                    .toList();
        }
    }

    private static String sha256(Path file) {
        return Files.isRegularFile(file) ? Sha256.of(file) : "";
    }
}
