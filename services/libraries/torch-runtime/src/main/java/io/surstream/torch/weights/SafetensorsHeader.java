package io.surstream.torch.weights;

import io.surstream.torch.tensor.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file: 8 bytes of length, then JSON. Once made, every field has been checked and the
 * tensors fill the rest of the file without overlap or gap.
 *
 * @param entries tensors in the header's order
 * @param dataStart position in the file where the tensors' bytes begin
 */
public record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata, long dataStart) {
    /** The format's own limit. */
    static final long MAX_HEADER_BYTES = 100_000_000;

    /** A tensor at bytes {@code begin} to {@code end}, counted from the end of the header. */
    public record Entry(String name, DType dtype, long[] shape, long begin, long end) {
        long bytes() {
            return end - begin;
        }
    }

    /** Opens the file for its header alone. */
    public static SafetensorsHeader read(Path file) {
        try (FileChannel channel = open(file)) {
            return read(file, channel);
        } catch (IOException e) {
            throw new SafetensorsException(file, IoProblem.of(e), e);
        }
    }

    public static FileChannel open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new SafetensorsException(file, "is a folder, not a safetensors file");
        }
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    public static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
        long fileBytes = channel.size();
        if (fileBytes < 10) {
            throw new SafetensorsException(
                    file, "is " + fileBytes + " bytes long, too short for a safetensors file (10 at least)");
        }
        ByteBuffer length = readFully(file, channel, 8, 0).order(ByteOrder.LITTLE_ENDIAN);
        long headerBytes = length.getLong(0);
        if (headerBytes < 0 || headerBytes > MAX_HEADER_BYTES) {
            throw new SafetensorsException(
                    file,
                    "its header says it is " + Long.toUnsignedString(headerBytes) + " bytes long, the limit is "
                            + MAX_HEADER_BYTES + "; this may be no safetensors file");
        }
        if (headerBytes < 2 || headerBytes > fileBytes - 8) {
            throw new SafetensorsException(
                    file,
                    "its header says it is " + headerBytes + " bytes long but " + (fileBytes - 8)
                            + " bytes follow; the file is cut off or is no safetensors file");
        }
        byte[] json = readFully(file, channel, (int) headerBytes, 8).array();
        SafetensorsHeader header = new SafetensorsJson(file).parse(json, 8 + headerBytes);
        header.checkLayout(file, fileBytes - header.dataStart());
        return header;
    }

    private void checkLayout(Path file, long dataBytes) {
        List<Entry> byPosition = new ArrayList<>(entries.values());
        byPosition.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        Entry before = null;
        long filled = 0;
        for (Entry e : byPosition) {
            if (e.end() > dataBytes) {
                throw new SafetensorsException(
                        file,
                        "tensor '" + e.name() + "' ends at byte " + e.end() + " but the file holds " + dataBytes
                                + " bytes of tensors; it is cut off or its header is wrong");
            }
            if (e.begin() < filled) {
                throw new SafetensorsException(
                        file,
                        "tensors '" + before.name() + "' and '" + e.name() + "' overlap: one ends at byte " + filled
                                + ", the other begins at byte " + e.begin());
            }
            if (e.begin() > filled) {
                throw new SafetensorsException(
                        file,
                        "bytes " + filled + " to " + e.begin() + " before tensor '" + e.name() + "' belong to none");
            }
            filled = e.end();
            before = e;
        }
        if (filled != dataBytes) {
            throw new SafetensorsException(
                    file, "bytes " + filled + " to " + dataBytes + " after the last tensor belong to none");
        }
    }

    private static ByteBuffer readFully(Path file, FileChannel channel, int bytes, long position) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(bytes);
        while (into.hasRemaining()) {
            if (channel.read(into, position + into.position()) < 0) {
                throw new SafetensorsException(file, "became shorter while it was read");
            }
        }
        return into;
    }
}
