package io.surstream.torch.pickle;

import io.surstream.torch.tensor.DType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The few Python names a state dict may use, and what they stand for here. */
sealed interface PickleGlobal {
    Map<String, DType> STORAGES = Map.of(
            "torch.FloatStorage", DType.FP32,
            "torch.HalfStorage", DType.FP16,
            "torch.BFloat16Storage", DType.BF16,
            "torch.DoubleStorage", DType.FP64,
            "torch.LongStorage", DType.INT64,
            "torch.IntStorage", DType.INT32,
            "torch.CharStorage", DType.INT8,
            "torch.ByteStorage", DType.UINT8,
            "torch.BoolStorage", DType.BOOL);

    /** The type of a storage. */
    record StorageType(DType dtype) implements PickleGlobal {}

    /** {@code collections.OrderedDict}. */
    record OrderedDict() implements PickleGlobal {
        @Override
        public Object call(List<Object> arguments) {
            if (!arguments.isEmpty()) {
                throw new IllegalArgumentException("an OrderedDict is made empty and filled afterwards");
            }
            return new LinkedHashMap<>();
        }
    }

    /** {@code torch._utils._rebuild_tensor_v2} and the older form without gradients and hooks. */
    record RebuildTensor() implements PickleGlobal {
        @Override
        public Object call(List<Object> arguments) {
            if (arguments.size() > 6 && !Map.of().equals(arguments.get(6))) {
                throw new IllegalArgumentException("a tensor is stored conjugated or negated; save it plainly");
            }
            return new PickledTensor(
                    (PickledTensor.Storage) arguments.get(0),
                    (Long) arguments.get(1),
                    longs(arguments.get(2)),
                    longs(arguments.get(3)));
        }
    }

    /** {@code torch._utils._rebuild_parameter}: a tensor in a wrapper. */
    record RebuildParameter() implements PickleGlobal {
        @Override
        public Object call(List<Object> arguments) {
            return (PickledTensor) arguments.get(0);
        }
    }

    /** What calling the name with these arguments makes. */
    default Object call(List<Object> arguments) {
        throw new IllegalArgumentException(this + " cannot be called");
    }

    /** @throws StateDictException if the name is none of the few */
    static PickleGlobal of(Path file, String module, String name) {
        String full = module + "." + name;
        if (STORAGES.containsKey(full)) {
            return new StorageType(STORAGES.get(full));
        }
        return switch (full) {
            case "collections.OrderedDict" -> new OrderedDict();
            case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> new RebuildTensor();
            case "torch._utils._rebuild_parameter" -> new RebuildParameter();
            default ->
                throw new StateDictException(
                        file,
                        "asks for " + (full.length() > 200 ? full.substring(0, 200) + " …" : full)
                                + ", which no tensor needs; refused, because a pickle can run any program."
                                + " Convert the file to safetensors where it comes from");
        };
    }

    /** Reads {@code ('storage', type, key, location, elements[, view])}. */
    static PickledTensor.Storage storage(Path file, List<Object> id) {
        if (id.size() < 5 || !"storage".equals(id.get(0))) {
            throw new StateDictException(file, "refers to something that is not a tensor's storage; refused");
        }
        if (id.size() > 5 && id.get(5) != null) {
            throw new StateDictException(
                    file, "holds views of storages (torch before 0.4); save it with a newer torch");
        }
        return new PickledTensor.Storage(((StorageType) id.get(1)).dtype(), (String) id.get(2), (Long) id.get(4));
    }

    private static long[] longs(Object tuple) {
        return ((List<?>) tuple).stream().mapToLong(n -> (Long) n).toArray();
    }
}
