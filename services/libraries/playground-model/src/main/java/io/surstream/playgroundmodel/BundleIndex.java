package io.surstream.playgroundmodel;

import io.surstream.contract.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a model folder with their SHA-256, in the format of {@code sha256sum}: a jar cannot be listed, and a
 * truncated file must not be taken for weights.
 *
 * @param digests lower-case hexadecimal SHA-256 by file name relative to the folder, with {@code /} between names
 */
public record BundleIndex(Map<String, String> digests) {
    /** Name of the index in the folder. */
    public static final String FILE = "SHA256SUMS";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([\\w.-]+(?:/[\\w.-]+)*)");

    public BundleIndex {
        digests = Collections.unmodifiableMap(new TreeMap<>(digests));
    }

    /** Lists a folder as it is now and writes the index into it, over an older one. */
    public static BundleIndex write(Path folder) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (Path file : files(folder)) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            if (!name.equals(FILE)) {
                digests.put(name, Sha256.of(Files.readAllBytes(file)));
            }
        }
        BundleIndex index = new BundleIndex(digests);
        StringBuilder lines = new StringBuilder();
        index.digests.forEach(
                (name, digest) -> lines.append(digest).append("  ").append(name).append('\n'));
        Files.writeString(folder.resolve(FILE), lines);
        return index;
    }

    /** Reads an index; a line that is none, or a name that leads out of the folder, is an IOException. */
    static BundleIndex read(InputStream in) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Matcher entry = LINE.matcher(line);
                if (!entry.matches() || List.of(entry.group(2).split("/")).contains("..")) {
                    throw new IOException(FILE + " has the line '" + line
                            + "', not 64 hexadecimal digits, two spaces and" + " a file name inside the folder");
                }
                digests.put(entry.group(2), entry.group(1));
            }
        }
        return new BundleIndex(digests);
    }

    /** Passes the content through if it is what the index promised. */
    byte[] verified(String file, byte[] content) throws IOException {
        String expected = digests.get(file);
        if (expected == null) {
            throw new IOException(FILE + " does not list " + file);
        }
        String actual = Sha256.of(content);
        if (!actual.equals(expected)) {
            throw new IOException(file + " has SHA-256 " + actual + " but " + FILE + " says " + expected);
        }
        return content;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
