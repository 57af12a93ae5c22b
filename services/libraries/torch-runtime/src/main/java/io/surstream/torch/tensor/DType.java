package io.surstream.torch.tensor;

/** Element types of stored tensors. */
public enum DType {
    FP32(6, "F32", 4),
    FP16(5, "F16", 2),
    BF16(15, "BF16", 2),
    FP64(7, "F64", 8),
    INT64(4, "I64", 8),
    INT32(3, "I32", 4),
    INT8(1, "I8", 1),
    UINT8(0, "U8", 1),
    BOOL(11, "BOOL", 1);

    private final int torchCode;
    private final String safetensorsName;
    private final int bytes;

    DType(int torchCode, String safetensorsName, int bytes) {
        this.torchCode = torchCode;
        this.safetensorsName = safetensorsName;
        this.bytes = bytes;
    }

    /** c10::ScalarType, the number that stands for {@code torch.float32} and its like in serialized scripts. */
    public int torchCode() {
        return torchCode;
    }

    /** Name in a safetensors header. */
    public String safetensorsName() {
        return safetensorsName;
    }

    /** Bytes per element. */
    public int bytes() {
        return bytes;
    }
}
