package io.surstream.torch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes TorchScript archives of code and plain attributes, without tensors: a zip of uncompressed entries, the module's
 * state as a pickle (torch/csrc/jit/serialization, file format 10).
 */
final class ScriptArchive {
    private static final String ROOT = "script/";

    private ScriptArchive() {}

    /**
     * @param given attribute values by name; a missing {@code Dict[str, Tensor]} starts empty, {@code training} as false
     * @throws IllegalArgumentException if a declared attribute has no value, or a value no declaration
     */
    static void write(Path file, ScriptSource source, String className, Map<String, Object> given) throws IOException {
        Map<String, String> types = source.attributesOf(className);
        Map<String, Object> values = values(className, types, given);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "data.pkl", Pickle.module(className, values, types));
            put(zip, "byteorder", text("little"));
            put(zip, "code/__torch__.py", text(source.text()));
            put(zip, "constants.pkl", Pickle.emptyTuple());
            put(zip, "version", text("10\n"));
        }
    }

    private static Map<String, Object> values(String className, Map<String, String> types, Map<String, Object> given) {
        for (String name : given.keySet()) {
            if (!types.containsKey(name)) {
                throw new IllegalArgumentException(
                        "script class " + className + " declares no attribute " + name + "; it has " + types.keySet());
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        types.forEach((name, type) -> {
            Object value = given.get(name);
            if (value == null && name.equals("training")) {
                value = false;
            }
            if (value == null && type.equals("Dict[str, Tensor]")) {
                value = TorchScript.EMPTY_DICT;
            }
            if (value == null) {
                throw new IllegalArgumentException(
                        "script class " + className + " needs a value for its attribute " + name + " : " + type);
            }
            values.put(name, value);
        });
        return values;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(ROOT + name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
