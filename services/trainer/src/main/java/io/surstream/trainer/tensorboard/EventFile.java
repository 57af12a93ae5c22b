package io.surstream.trainer.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A TensorBoard event file: TFRecord frames of the protobuf message tensorflow.Event. A frame is the length as uint64, the
 * masked CRC-32C of those 8 bytes, the message, and its masked CRC-32C, all little-endian. Sources of the format:
 * tensorflow/core/lib/io/record_writer.h, core/util/event.proto, core/framework/summary.proto. One thread.
 */
public final class EventFile implements AutoCloseable {
    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE_VALUE = 2;

    private final Path path;
    private final OutputStream out;

    /** Writes one message's fields. */
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private EventFile(Path path, OutputStream out) {
        this.path = path;
        this.out = out;
    }

    /** Begins a new file; the name should hold {@code tfevents}, or TensorBoard passes it over. */
    public static EventFile create(Path path, double wallTimeSeconds) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            EventFile file = new EventFile(
                    path, Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            file.write(out -> {
                out.writeDouble(EVENT_WALL_TIME, wallTimeSeconds);
                out.writeString(EVENT_FILE_VERSION, "brain.Event:2");
            });
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    /** Adds one point to each named curve; on disk when it returns. */
    public void scalars(double wallTimeSeconds, long step, Map<String, Double> values) {
        byte[] summary = message(out -> {
            for (Map.Entry<String, Double> value : values.entrySet()) {
                out.writeByteArray(SUMMARY_VALUE, message(point -> {
                    point.writeString(VALUE_TAG, value.getKey());
                    point.writeFloat(VALUE_SIMPLE_VALUE, value.getValue().floatValue());
                }));
            }
        });
        write(out -> {
            out.writeDouble(EVENT_WALL_TIME, wallTimeSeconds);
            out.writeInt64(EVENT_STEP, step);
            out.writeByteArray(EVENT_SUMMARY, summary);
        });
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + path, e);
        }
    }

    private void write(Fields event) {
        byte[] message = message(event);
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(message.length)
                .array();
        ByteBuffer frame = ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + message.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(maskedCrc(length))
                .put(message)
                .putInt(maskedCrc(message));
        try {
            out.write(frame.array());
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into memory", e);
        }
        return bytes.toByteArray();
    }

    /** A CRC of bytes that hold a CRC is weak; hence the rotation and the constant. */
    private static int maskedCrc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }
}
