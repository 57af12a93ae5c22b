package io.surstream.parity;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.models.ModelException;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs every golden case under a folder with our code and compares each output with what the reference libraries gave.
 * A case of a kind that nobody here can run counts as failed: it is never skipped.
 */
public final class Parity {
    private static final String CASE = "case.json";
    // a heading over other cases, with nothing to run
    private static final String GROUP = "group";

    private final Path root;
    private final ParityOptions options;
    private final Map<String, ParityKind> kinds = new LinkedHashMap<>();

    private Parity(Path root, ParityOptions options) {
        this.root = root;
        this.options = options;
        List<ParityKind> all = new ArrayList<>(NetworkKinds.on(options.device()));
        all.add(new SchedulerKind());
        all.add(new AddNoiseKind());
        all.add(new SeedsKind());
        all.add(new PipelineKind(options.device()));
        all.forEach(kind -> kinds.put(kind.kind(), kind));
    }

    /** As {@link #run(Path, ParityOptions, Consumer)}, with nobody listening. */
    public static ParityReport run(Path folder, ParityOptions options) {
        return run(folder, options, row -> {});
    }

    /**
     * @param folder searched for case.json files, in itself and below
     * @param listener receives each comparison as soon as it is made
     * @throws ModelException if the folder does not exist or holds no case that was asked for
     */
    public static ParityReport run(Path folder, ParityOptions options, Consumer<ParityRow> listener) {
        return new Parity(folder, options).run(listener);
    }

    private ParityReport run(Consumer<ParityRow> listener) {
        List<Path> cases = cases();
        if (cases.isEmpty()) {
            throw new ModelException("no " + CASE + " under " + root
                    + options.only().map(only -> " for case " + only).orElse(""));
        }
        List<ParityRow> rows = new ArrayList<>();
        for (Path folder : cases) {
            for (ParityRow row : run(folder)) {
                listener.accept(row);
                rows.add(row);
            }
        }
        return new ParityReport(rows);
    }

    private List<Path> cases() {
        if (!Files.isDirectory(root)) {
            throw new ModelException(root + " is no folder; give one that holds golden cases");
        }
        try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> file.endsWith(CASE))
                    .map(Path::getParent)
                    .filter(this::isAskedFor)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ModelException(root + " cannot be searched: " + e, e);
        }
    }

    private boolean isAskedFor(Path folder) {
        return options.only()
                .map(only -> name(folder).equals(only) || name(folder).startsWith(only + "/"))
                .orElse(true);
    }

    private String name(Path folder) {
        String name = root.relativize(folder).toString().replace('\\', '/');
        return name.isEmpty() ? String.valueOf(root.toAbsolutePath().normalize().getFileName()) : name;
    }

    private List<ParityRow> run(Path folder) {
        String name = name(folder);
        try {
            String kind = kind(folder);
            if (kind.equals(GROUP)) {
                return List.of();
            }
            ParityKind runner = kinds.get(kind);
            if (runner == null) {
                return List.of(ParityRow.failure(
                        name, "-", "kind " + kind + " is not known; known: " + String.join(", ", kinds.keySet())));
            }
            return compare(name, CaseFolder.open(folder), runner);
        } catch (RuntimeException | IOException e) {
            return List.of(ParityRow.failure(name, "-", String.valueOf(e.getMessage())));
        }
    }

    private static String kind(Path folder) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(CASE).toFile())
                .path("kind")
                .asText("absent");
    }

    private List<ParityRow> compare(String name, CaseFolder folder, ParityKind runner) throws IOException {
        Map<String, HostTensor> expected = folder.expected();
        if (expected.isEmpty()) {
            return List.of(ParityRow.failure(name, "-", "the case names no outputs"));
        }
        Map<String, HostTensor> got = runner.run(folder);
        save(name, expected, got);
        TensorComparison comparison = new TensorComparison(folder, name);
        List<ParityRow> rows = new ArrayList<>();
        expected.forEach((output, tensor) -> rows.add(comparison.compare(output, tensor, got.get(output))));
        return rows;
    }

    private void save(String name, Map<String, HostTensor> expected, Map<String, HostTensor> got) throws IOException {
        if (options.save().isEmpty()) {
            return;
        }
        Map<String, HostTensor> named = new LinkedHashMap<>();
        expected.keySet().stream().filter(got::containsKey).forEach(output -> named.put(output, got.get(output)));
        Path folder = Files.createDirectories(options.save().get().resolve(name));
        SafetensorsWriter.write(folder.resolve("got.safetensors"), named, Map.of("case", name), DType.FP32);
    }
}
