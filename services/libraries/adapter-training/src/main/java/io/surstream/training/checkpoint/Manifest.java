package io.surstream.training.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.contract.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code manifest.json}: SHA-256 and size of each file of a checkpoint. It is written last, so that a folder without it was
 * never finished.
 *
 * @param files by name, sorted
 */
public record Manifest(Map<String, Entry> files) {
    public static final String NAME = "manifest.json";
    static final String WAY_OUT = "resume from another checkpoint of the run, or begin a new run";
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** @param sha256 lower-case hex */
    public record Entry(String sha256, long size) {}

    /** Hashes the given files of a folder and writes the manifest beside them. */
    public static Manifest write(Path folder, List<String> names) throws IOException {
        Map<String, Entry> files = new TreeMap<>();
        ObjectNode root = JSON.createObjectNode().put("format", FORMAT);
        ObjectNode list = root.putObject("files");
        for (String name : names) {
            Path file = folder.resolve(name);
            Entry entry = new Entry(sha256(file), Files.size(file));
            files.put(name, entry);
            list.putObject(name).put("sha256", entry.sha256()).put("size", entry.size());
        }
        Files.write(folder.resolve(NAME), JSON.writeValueAsBytes(root));
        return new Manifest(files);
    }

    /**
     * Reads the manifest of a folder and compares every file with it.
     *
     * @throws CheckpointException if a file is missing or differs
     */
    public static Manifest verify(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CheckpointException(folder, "is no checkpoint: there is no such folder", WAY_OUT);
        }
        Manifest manifest = read(folder.resolve(NAME));
        manifest.files.forEach((name, entry) -> check(folder.resolve(name), entry));
        return manifest;
    }

    /** Reads a manifest and compares nothing. @throws CheckpointException if it is none */
    public static Manifest read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(file, "is missing: the checkpoint was never finished", WAY_OUT);
        }
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            if (root.path("format").asInt() != FORMAT || !root.path("files").isObject()) {
                throw new CheckpointException(file, "is no manifest of format " + FORMAT, WAY_OUT);
            }
            Map<String, Entry> files = new TreeMap<>();
            root.path("files")
                    .properties()
                    .forEach(e -> files.put(
                            e.getKey(),
                            new Entry(
                                    e.getValue().path("sha256").asText(),
                                    e.getValue().path("size").asLong(-1))));
            return new Manifest(files);
        } catch (IOException e) {
            throw new CheckpointException(file, "cannot be read as JSON (" + e.getMessage() + ")", WAY_OUT, e);
        }
    }

    private static void check(Path file, Entry entry) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new CheckpointException(file, "is missing, though the manifest lists it", WAY_OUT);
            }
            long size = Files.size(file);
            if (size != entry.size()) {
                throw new CheckpointException(
                        file, "has " + size + " bytes but the manifest says " + entry.size(), WAY_OUT);
            }
            String sha256 = sha256(file);
            if (!sha256.equals(entry.sha256())) {
                throw new CheckpointException(
                        file, "has SHA-256 " + sha256 + " but the manifest says " + entry.sha256(), WAY_OUT);
            }
        } catch (IOException e) {
            throw new CheckpointException(file, "cannot be read (" + e + ")", WAY_OUT, e);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.copy(in, OutputStream.nullOutputStream());
        }
    }
}
