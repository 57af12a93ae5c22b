package io.surstream.torch;

import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.TorchException;

/** Which number format a network computes in, on which device. */
public final class DTypePolicy {
    private DTypePolicy() {}

    /**
     * Reads {@code auto}, {@code fp32}, {@code bf16} or {@code fp16}. {@code auto} is fp32 on the CPU and fp16 on CUDA.
     *
     * @throws TorchException if the text is something else, or for fp16 on the CPU
     */
    public static DType parse(String text, TorchDevice device) {
        boolean cpu = device.kind() == TorchDevice.Kind.CPU;
        return switch (text) {
            case "auto" -> cpu ? DType.FP32 : DType.FP16;
            case "fp32" -> DType.FP32;
            case "bf16" -> DType.BF16;
            case "fp16" -> {
                if (cpu) {
                    throw new TorchException("dtype fp16 on the CPU is about 8 times slower than fp32;"
                            + " use fp32 or bf16, or device cuda");
                }
                yield DType.FP16;
            }
            default -> throw new TorchException("dtype must be auto, fp32, bf16 or fp16 but is '" + text + "'");
        };
    }
}
