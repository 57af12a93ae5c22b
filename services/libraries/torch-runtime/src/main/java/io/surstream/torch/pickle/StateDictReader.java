package io.surstream.torch.pickle;

import io.surstream.torch.tensor.Shapes;
import io.surstream.torch.weights.IoProblem;
import io.surstream.torch.weights.MissingTensor;
import io.surstream.torch.weights.WeightTensor;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads state dicts that torch wrote as pickles, in the zip format and in the one before it. Only tensors and plain
 * values can come out; a pickle that names anything else is refused before anything is made of it. A tensor's bytes are
 * read when it is asked for.
 */
public final class StateDictReader implements Weights {
    private final Path file;
    private final TorchStorages storages;
    private final Map<String, PickledTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private volatile boolean closed;

    private StateDictReader(Path file, TorchStorages storages, Map<?, ?> root) {
        this.file = file;
        this.storages = storages;
        Object nested = root.get("state_dict");
        Map<?, ?> dict = nested instanceof Map<?, ?> inner ? inner : root;
        dict.forEach((key, value) -> {
            if (key instanceof String name && value instanceof PickledTensor tensor) {
                tensors.put(name, tensor);
            }
        });
        root.forEach((key, value) -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                metadata.put(key.toString(), value.toString());
            }
        });
        if (tensors.isEmpty()) {
            String keys = dict.keySet().stream().limit(5).map(Object::toString).collect(Collectors.joining(", "));
            throw new StateDictException(
                    file, "holds no tensors at its top or under 'state_dict'; its keys are: " + keys);
        }
    }

    /**
     * Reads the structure, not the tensors.
     *
     * @throws StateDictException if the file is malformed or asks for anything but tensors and plain values
     */
    public static StateDictReader open(Path file) {
        try {
            TorchStorages storages = isZip(file) ? ZipStorages.open(file) : LegacyStorages.open(file);
            try {
                if (!(storages.root() instanceof Map<?, ?> root)) {
                    throw new StateDictException(file, "holds no dictionary of tensors at its top");
                }
                return new StateDictReader(file, storages, root);
            } catch (RuntimeException e) {
                storages.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StateDictException(file, IoProblem.of(e), e);
        }
    }

    private static boolean isZip(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer magic = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(magic, 0);
            return magic.getInt(0) == 0x04034b50;
        }
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    @Override
    public WeightTensor get(String name) {
        PickledTensor tensor = describe(name);
        if (closed) {
            throw new IllegalStateException(file + " was closed before tensor '" + name + "' was read");
        }
        try {
            return new WeightTensor(name, tensor.storage().dtype(), tensor.shape(), gather(tensor));
        } catch (IOException e) {
            throw new StateDictException(file, "tensor '" + name + "' " + IoProblem.of(e), e);
        }
    }

    /** Type and shape, without the bytes. */
    public PickledTensor describe(String name) {
        return MissingTensor.require(tensors, name, file);
    }

    /** Plain values at the top of the file, as text. */
    @Override
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    @Override
    public void close() {
        closed = true;
        storages.close();
    }

    private ByteBuffer gather(PickledTensor tensor) throws IOException {
        int width = tensor.storage().dtype().bytes();
        ByteBuffer bytes = storages.read(tensor.storage());
        int size = Shapes.size(tensor.shape());
        int first = Math.toIntExact(tensor.offset()) * width;
        if (tensor.isContiguous()) {
            return size == 0 ? ByteBuffer.allocate(0) : bytes.slice(first, size * width);
        }
        ByteBuffer packed = ByteBuffer.allocate(size * width);
        long[] index = new long[tensor.shape().length];
        for (int i = 0; i < size; i++) {
            long element = tensor.offset();
            for (int d = 0; d < index.length; d++) {
                element += index[d] * tensor.stride()[d];
            }
            packed.put(i * width, bytes, Math.toIntExact(element) * width, width);
            for (int d = index.length - 1; d >= 0 && ++index[d] == tensor.shape()[d]; d--) {
                index[d] = 0;
            }
        }
        return packed;
    }
}
