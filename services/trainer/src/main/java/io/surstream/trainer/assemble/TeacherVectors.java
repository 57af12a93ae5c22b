package io.surstream.trainer.assemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One teacher's vectors by prompt, on disk: those of a whole dataset do not fit a heap (57,000 vectors of a 13B model are
 * 1 GB). The file is a cache of the topic and goes with this object. One thread.
 */
public final class TeacherVectors implements AutoCloseable {
    private final Path path;
    private final FileChannel file;
    private final Map<String, Integer> rows = new HashMap<>();
    private int width;

    private TeacherVectors(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /** Begins an empty file. */
    public static TeacherVectors create(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            return new TeacherVectors(
                    path,
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    /**
     * Keeps a prompt's vector; the first one stays.
     *
     * @param vector [W]
     * @throws IllegalArgumentException when it is not as long as those before
     */
    public void add(String prompt, float[] vector) {
        if (vector.length == 0 || width != 0 && vector.length != width) {
            throw new IllegalArgumentException("the vector of \"" + prompt + "\" has " + vector.length + " numbers"
                    + (width == 0 ? "" : " but those before have " + width));
        }
        if (rows.containsKey(prompt)) {
            return;
        }
        width = vector.length;
        ByteBuffer bytes = row();
        bytes.asFloatBuffer().put(vector);
        try {
            long at = (long) rows.size() * bytes.capacity();
            while (bytes.hasRemaining()) {
                file.write(bytes, at + bytes.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
        rows.put(prompt, rows.size());
    }

    public boolean has(String prompt) {
        return rows.containsKey(prompt);
    }

    /** Of all of them; 0 before the first. */
    public int width() {
        return width;
    }

    /** [W]; empty when the prompt has none. */
    public Optional<float[]> find(String prompt) {
        Integer row = rows.get(prompt);
        if (row == null) {
            return Optional.empty();
        }
        ByteBuffer bytes = row();
        long at = (long) row * bytes.capacity();
        try {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, at + bytes.position()) < 0) {
                    throw new IOException("the file is shorter than what was written");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
        float[] vector = new float[width];
        bytes.flip().asFloatBuffer().get(vector);
        return Optional.of(vector);
    }

    private ByteBuffer row() {
        return ByteBuffer.allocate(width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + path, e);
        }
    }
}
