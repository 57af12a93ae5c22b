package io.surstream.torch;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import java.util.Map;

/** Makes bfloat16 tensors: DJL cannot, so the bits travel as float16 and a script reinterprets the same memory. */
final class Bfloat16 {
    private static final PtSymbolBlock VIEW = TorchScript.compile(
            TorchRuntime.newScope(TorchDevice.CPU.djl()),
            ScriptSource.ofResources(Bfloat16.class, "bfloat16_view.torchscript"),
            "Bfloat16View",
            Map.of());

    private Bfloat16() {}

    /** The memory of {@code bits} (float16) as bfloat16, in the same scope. */
    static PtNDArray view(PtNDArray bits) {
        return (PtNDArray) IValueUtils.forward(VIEW, new NDList(bits), true).singletonOrThrow();
    }
}
