package io.surstream.torch;

import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * How long a large checkpoint takes from its path to a script that can run with it, measured on a sparse file of zeros.
 *
 * @param bytes size of the checkpoint
 * @param openSeconds header checked and tensors mapped
 * @param loadSeconds script compiled
 * @param bindSeconds tensors handed to the script
 */
public record CheckpointLoadTiming(long bytes, double openSeconds, double loadSeconds, double bindSeconds) {
    private static final String SCRIPT = """
        class Holder(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          w : Dict[str, Tensor]
          def bind(self: __torch__.Holder, w: Dict[str, Tensor]) -> Tensor:
            self.w = w
            return torch.tensor(float(len(self.w)))
          def forward(self: __torch__.Holder, name: Tensor) -> Tensor:
            return torch.sum(torch.to(self.w["tensor.{}".format(int(name.item()))], 6))
        """;

    /** From path to ready. */
    public double seconds() {
        return openSeconds + loadSeconds + bindSeconds;
    }

    /**
     * Writes a sparse checkpoint into {@code folder}, times one load, runs the script once and deletes the file.
     *
     * @param tensors how many, all of the same size; a Stable Diffusion 1.5 UNet has 686
     * @param bytes all together
     */
    public static CheckpointLoadTiming measure(Path folder, int tensors, long bytes, DType dtype) {
        TorchRuntime.threads(); // the native library itself is started once per process and not part of a load
        Path file = folder.resolve("load-timing.safetensors");
        try {
            writeSparse(file, tensors, bytes / tensors / dtype.bytes(), dtype);
            return measure(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        } finally {
            file.toFile().delete();
        }
    }

    private static CheckpointLoadTiming measure(Path file) throws IOException {
        long start = System.nanoTime();
        try (Weights weights = SafetensorsFile.open(file)) {
            long opened = System.nanoTime();
            try (TorchScript script = TorchScript.load(new ScriptSource(SCRIPT), "Holder", Map.of(), TorchDevice.CPU)) {
                long loaded = System.nanoTime();
                script.bind("bind", weights);
                long bound = System.nanoTime();
                script.run("forward", LongTensor.scalar(weights.names().size() - 1));
                return new CheckpointLoadTiming(
                        Files.size(file), seconds(start, opened), seconds(opened, loaded), seconds(loaded, bound));
            }
        }
    }

    private static void writeSparse(Path file, int tensors, long elements, DType dtype) throws IOException {
        long each = elements * dtype.bytes();
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < tensors; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("\"tensor.")
                    .append(i)
                    .append("\":{\"dtype\":\"")
                    .append(dtype.safetensorsName())
                    .append("\",\"shape\":[")
                    .append(elements)
                    .append("],\"data_offsets\":[")
                    .append(i * each)
                    .append(',')
                    .append((i + 1) * each)
                    .append("]}");
        }
        json.append('}');
        json.append(" ".repeat((8 - json.length() % 8) % 8));
        byte[] header = json.toString().getBytes(StandardCharsets.UTF_8);
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer head = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
            out.write(head.putLong(header.length).put(header).flip());
            out.write(ByteBuffer.allocate(1), 8 + header.length + tensors * each - 1);
        }
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
