package io.surstream.torch.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.tensor.LongTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes safetensors files; a reader never sees half of one. */
public final class SafetensorsWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SafetensorsWriter() {}

    private record Item(String name, HostTensor tensor, DType dtype) {
        long bytes() {
            return (long) tensor.size() * dtype.bytes();
        }
    }

    /**
     * Writes beside {@code file}, then renames over it.
     *
     * @param dtype how {@link FloatTensor}s are stored: FP32, FP16, BF16 or FP64; {@link LongTensor}s are always INT64
     * @throws IllegalArgumentException if a finite value does not fit FP16
     */
    public static void write(
            Path file, Map<String, ? extends HostTensor> tensors, Map<String, String> metadata, DType dtype) {
        if (dtype != DType.FP32 && dtype != DType.FP16 && dtype != DType.BF16 && dtype != DType.FP64) {
            throw new IllegalArgumentException("floats are stored as FP32, FP16, BF16 or FP64 but dtype is " + dtype);
        }
        List<Item> items = new ArrayList<>();
        tensors.forEach((name, t) -> items.add(new Item(name, t, t instanceof LongTensor ? DType.INT64 : dtype)));
        // Wide elements first keeps every tensor aligned to its element.
        items.sort(Comparator.comparing((Item i) -> -i.dtype().bytes()).thenComparing(Item::name));
        Path target = file.toAbsolutePath();
        try {
            Path part = Files.createTempFile(target.getParent(), file.getFileName() + ".", ".part");
            try {
                writeTo(part, items, metadata);
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    private static void writeTo(Path part, List<Item> items, Map<String, String> metadata) throws IOException {
        byte[] json = header(items, metadata);
        ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
            drain(chunk.putLong(json.length), out);
            ByteBuffer head = ByteBuffer.wrap(json);
            while (head.hasRemaining()) {
                out.write(head);
            }
            for (Item item : items) {
                int size = item.tensor().size();
                int at = 0;
                while (at < size) {
                    int end =
                            Math.min(size, at + chunk.capacity() / item.dtype().bytes());
                    put(chunk, item, at, end);
                    drain(chunk, out);
                    at = end;
                }
            }
            out.force(true);
        }
    }

    private static byte[] header(List<Item> items, Map<String, String> metadata) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode meta = root.putObject("__metadata__");
            metadata.forEach(meta::put);
        }
        long offset = 0;
        for (Item item : items) {
            ObjectNode node =
                    root.putObject(item.name()).put("dtype", item.dtype().safetensorsName());
            var shape = node.putArray("shape");
            for (long d : item.tensor().shape()) {
                shape.add(d);
            }
            node.putArray("data_offsets").add(offset).add(offset + item.bytes());
            offset += item.bytes();
        }
        String text = JSON.writeValueAsString(root);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return (text + " ".repeat((8 - bytes % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    }

    /** The tensor's elements {@code from} to {@code end} − 1. */
    private static void put(ByteBuffer chunk, Item item, int from, int end) {
        if (item.tensor() instanceof LongTensor whole) {
            chunk.asLongBuffer().put(whole.data(), from, end - from);
            chunk.position((end - from) * Long.BYTES);
            return;
        }
        float[] values = ((FloatTensor) item.tensor()).data();
        switch (item.dtype()) {
            case FP16 -> {
                for (int i = from; i < end; i++) {
                    chunk.putShort(fp16(values[i], item.name()));
                }
            }
            case BF16 -> {
                for (int i = from; i < end; i++) {
                    chunk.putShort(HalfFloats.toBf16(values[i]));
                }
            }
            case FP64 -> {
                for (int i = from; i < end; i++) {
                    chunk.putDouble(values[i]);
                }
            }
            default -> {
                chunk.asFloatBuffer().put(values, from, end - from);
                chunk.position((end - from) * Float.BYTES);
            }
        }
    }

    private static short fp16(float value, String name) {
        if (Math.abs(value) >= 65520 && !Float.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "tensor " + name + " holds " + value + ", beyond FP16's 65504; use BF16 or FP32");
        }
        return HalfFloats.toFp16(value);
    }

    private static void drain(ByteBuffer chunk, FileChannel out) throws IOException {
        chunk.flip();
        while (chunk.hasRemaining()) {
            out.write(chunk);
        }
        chunk.clear();
    }
}
