package io.surstream.torch.weights;

import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.tensor.LongTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Weights held in the Java heap. */
public final class MemoryWeights implements Weights {
    private final Map<String, WeightTensor> tensors;
    private final Map<String, String> metadata;

    public MemoryWeights(Map<String, WeightTensor> tensors, Map<String, String> metadata) {
        this.tensors = Collections.unmodifiableMap(tensors);
        this.metadata = Map.copyOf(metadata);
    }

    /** Copies the given tensors, in the map's order. */
    public static MemoryWeights of(Map<String, ? extends HostTensor> tensors) {
        return of(tensors, Map.of());
    }

    /** Copies the given tensors and metadata, in the map's order. */
    public static MemoryWeights of(Map<String, ? extends HostTensor> tensors, Map<String, String> metadata) {
        Map<String, WeightTensor> copies = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, stored(name, tensor)));
        return new MemoryWeights(copies, metadata);
    }

    private static WeightTensor stored(String name, HostTensor tensor) {
        if (tensor instanceof LongTensor whole) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(whole.size(), 8));
            bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(whole.data());
            return new WeightTensor(name, DType.INT64, whole.shape(), bytes);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(tensor.size(), 4));
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(((FloatTensor) tensor).data());
        return new WeightTensor(name, DType.FP32, tensor.shape(), bytes);
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public WeightTensor get(String name) {
        return MissingTensor.require(tensors, name, "the given weights");
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public void close() {}
}
