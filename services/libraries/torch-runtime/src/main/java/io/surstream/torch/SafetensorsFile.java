package io.surstream.torch;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
        this.metadata = Collections.unmodifiableMap(metadata);
    }

    /**
     * Checks the header and maps every tensor.
     *
     * @throws SafetensorsException if the file does not keep to the format
     */
    public static SafetensorsFile open(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            SafetensorsHeader header = SafetensorsHeader.read(file, channel);
            Map<String, WeightTensor> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, SafetensorsHeader.Entry> e : header.entries().entrySet()) {
                SafetensorsHeader.Entry at = e.getValue();
                MappedByteBuffer bytes =
                        channel.map(MapMode.READ_ONLY, header.dataStart() + at.begin(), at.end() - at.begin());
                tensors.put(e.getKey(), new WeightTensor(e.getKey(), at.dtype(), at.shape(), bytes));
            }
            return new SafetensorsFile(file, tensors, header.metadata());
        } catch (IOException e) {
            throw new SafetensorsException(file, "cannot be read: " + e.getMessage(), e);
        }
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
