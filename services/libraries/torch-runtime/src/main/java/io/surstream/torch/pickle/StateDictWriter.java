package io.surstream.torch.pickle;

import io.surstream.torch.tensor.FloatTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes state dicts as torch.save does since 1.6: a zip of uncompressed entries with a pickle (protocol 2) that names
 * the tensors, each with its own float32 storage. torch.load reads it, with {@code weights_only} too.
 */
public final class StateDictWriter {
    private static final String FOLDER = "archive/";
    private static final int FLOAT_BYTES = 4;

    private StateDictWriter() {}

    /** Writes beside {@code file}, then renames over it; tensors in the map's order. */
    public static void write(Path file, Map<String, FloatTensor> tensors) {
        Path target = file.toAbsolutePath();
        try {
            Path part = Files.createTempFile(target.getParent(), file.getFileName() + ".", ".part");
            try {
                try (OutputStream out = Files.newOutputStream(part);
                        ZipOutputStream zip = new ZipOutputStream(out)) {
                    writeTo(zip, tensors);
                }
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    private static void writeTo(ZipOutputStream zip, Map<String, FloatTensor> tensors) throws IOException {
        entry(zip, "data.pkl", pickle(tensors));
        entry(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        List<FloatTensor> values = new ArrayList<>(tensors.values());
        for (int key = 0; key < values.size(); key++) {
            entry(zip, "data/" + key, bytes(values.get(key)));
        }
        entry(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] bytes(FloatTensor tensor) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(tensor.size(), FLOAT_BYTES));
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(tensor.data());
        return bytes.array();
    }

    /** {@code {name: torch._utils._rebuild_tensor_v2(storage, 0, shape, stride, False, OrderedDict()), …}}. */
    private static byte[] pickle(Map<String, FloatTensor> tensors) {
        Opcodes out = new Opcodes();
        out.raw("\u0080\u0002}("); // PROTO 2, EMPTY_DICT, MARK
        int key = 0;
        for (Map.Entry<String, FloatTensor> tensor : tensors.entrySet()) {
            out.text(tensor.getKey());
            out.raw("ctorch._utils\n_rebuild_tensor_v2\n(");
            out.raw("(").text("storage").raw("ctorch\nFloatStorage\n");
            out.text(Integer.toString(key++))
                    .text("cpu")
                    .number(tensor.getValue().size());
            out.raw("tQ"); // TUPLE, BINPERSID: the storage
            out.number(0);
            out.tuple(tensor.getValue().shape())
                    .tuple(contiguous(tensor.getValue().shape()));
            out.raw("\u0089ccollections\nOrderedDict\n)R"); // no gradient, no hooks
            out.raw("tR");
        }
        return out.raw("u.").bytes();
    }

    private static long[] contiguous(long[] shape) {
        long[] stride = new long[shape.length];
        long next = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            stride[i] = next;
            next *= shape[i];
        }
        return stride;
    }

    private static final class Opcodes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        /** Each character is a byte. */
        Opcodes raw(String bytes) {
            out.writeBytes(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        }

        /** BINUNICODE. */
        Opcodes text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            raw("X").int32(utf8.length).out.writeBytes(utf8);
            return this;
        }

        /** BININT. */
        Opcodes number(long value) {
            return raw("J").int32(Math.toIntExact(value));
        }

        Opcodes tuple(long... numbers) {
            raw("(");
            for (long number : numbers) {
                number(number);
            }
            return raw("t");
        }

        private Opcodes int32(int value) {
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
