package io.surstream.torch.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file mapped into memory: nothing is read before it is used, and CPU scripts use the mapping itself.
 * The file must not be shortened or rewritten in place while it is in use; replace it by renaming another over it.
 */
public final class SafetensorsFile implements Weights {
    private final Path file;
    private final Map<String, WeightTensor> tensors;
    private final Map<String, String> metadata;

    private SafetensorsFile(Path file, Map<String, WeightTensor> tensors, Map<String, String> metadata) {
        this.file = file;
        this.tensors = Collections.unmodifiableMap(tensors);
        this.metadata = metadata;
    }

    /**
     * Checks the header and maps every tensor.
     *
     * @throws SafetensorsException if the file does not keep to the format
     */
    public static SafetensorsFile open(Path file) {
        try (FileChannel channel = SafetensorsHeader.open(file)) {
            SafetensorsHeader header = SafetensorsHeader.read(file, channel);
            Map<String, WeightTensor> tensors = new LinkedHashMap<>();
            for (SafetensorsHeader.Entry entry : header.entries().values()) {
                tensors.put(entry.name(), map(file, channel, header.dataStart(), entry));
            }
            return new SafetensorsFile(file, tensors, header.metadata());
        } catch (IOException e) {
            throw new SafetensorsException(file, IoProblem.of(e), e);
        }
    }

    private static WeightTensor map(Path file, FileChannel channel, long dataStart, SafetensorsHeader.Entry entry)
            throws IOException {
        if (entry.bytes() > Integer.MAX_VALUE) {
            throw new SafetensorsException(
                    file,
                    "tensor '" + entry.name() + "' has " + entry.bytes() + " bytes; the limit for one tensor is "
                            + Integer.MAX_VALUE);
        }
        ByteBuffer bytes = entry.bytes() == 0
                ? ByteBuffer.allocate(0)
                : channel.map(MapMode.READ_ONLY, dataStart + entry.begin(), entry.bytes());
        return new WeightTensor(entry.name(), entry.dtype(), entry.shape(), bytes);
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public WeightTensor get(String name) {
        return MissingTensor.require(tensors, name, file);
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Does nothing by itself: the mapping goes when neither a reader nor a script reaches it any more. */
    @Override
    public void close() {}
}
