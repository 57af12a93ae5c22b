package io.surstream.torch.pickle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds files as torch.save lays them out, with any pickle inside. */
public final class TorchZip {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);

    /** Pickle text where {@code \n} ends lines and characters are bytes; protocol and STOP are added. */
    public TorchZip pickle(String body) {
        return entry("data.pkl", ("\u0080\u0002" + body + ".").getBytes(StandardCharsets.ISO_8859_1));
    }

    TorchZip storage(String key, byte[] content) {
        return entry("data/" + key, content);
    }

    TorchZip entry(String name, byte[] content) {
        try {
            ZipEntry entry = new ZipEntry("x/" + name);
            CRC32 crc = new CRC32();
            crc.update(content);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path write(Path file) throws IOException {
        zip.close();
        return Files.write(file, bytes.toByteArray());
    }

    /** Pickle text of a string. */
    public static String text(String s) {
        return "X" + (char) s.length() + "\0\0\0" + s;
    }

    /** Pickle text of a float32 tensor over storage {@code key}. */
    public static String tensor(String key, int elements, int offset, int[] shape, int[] stride) {
        return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n" + text(key)
                + text("cpu") + "K" + (char) elements + "tQK" + (char) offset + tuple(shape) + tuple(stride)
                + "\u0089ccollections\nOrderedDict\n)RtR";
    }

    private static String tuple(int... numbers) {
        StringBuilder s = new StringBuilder("(");
        for (int n : numbers) {
            s.append('K').append((char) n);
        }
        return s.append('t').toString();
    }
}
