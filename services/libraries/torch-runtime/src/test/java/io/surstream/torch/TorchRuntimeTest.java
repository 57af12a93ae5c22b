package io.surstream.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.TorchException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchRuntimeTest {
    @Test
    void settings_cannot_change_once_libtorch_runs() {
        assertTrue(TorchRuntime.threads() >= 1);
        TorchSettings other = new TorchSettings(3, Optional.of(Path.of("elsewhere")));
        var e = assertThrows(IllegalStateException.class, () -> TorchRuntime.configure(other));
        assertTrue(e.getMessage().contains("already runs"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> TorchSettings.threads(-1));
    }

    @Test
    void a_missing_cuda_device_is_refused_with_what_is_there() {
        assumeTrue(TorchRuntime.cudaDevices() == 0, "this machine has a CUDA device");
        assertEquals(TorchDevice.CPU, TorchDevice.parse("auto"));
        assertEquals(TorchDevice.CPU, TorchDevice.parse("cpu"));
        TorchException e = assertThrows(TorchException.class, () -> TorchDevice.parse("cuda:1"));
        assertEquals(
                "device 'cuda:1' was asked for but libtorch sees 0 CUDA devices here; use cpu, or install a CUDA build"
                        + " of libtorch and a driver",
                e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "cuda:", "cuda:-1", "cuda:9999", "CPU"})
    void a_device_that_is_none_is_refused(String text) {
        TorchException e = assertThrows(TorchException.class, () -> TorchDevice.parse(text));
        assertEquals("device must be auto, cpu, cuda or cuda:N but is '" + text + "'", e.getMessage());
    }

    @Test
    void half_precision_is_for_cuda_only_and_the_refusal_says_why() {
        TorchDevice cuda = new TorchDevice(TorchDevice.Kind.CUDA, 0);
        assertEquals(DType.FP32, DTypePolicy.parse("auto", TorchDevice.CPU));
        assertEquals(DType.BF16, DTypePolicy.parse("bf16", TorchDevice.CPU));
        assertEquals(DType.FP16, DTypePolicy.parse("auto", cuda));
        assertEquals(DType.FP16, DTypePolicy.parse("fp16", cuda));
        TorchException e = assertThrows(TorchException.class, () -> DTypePolicy.parse("fp16", TorchDevice.CPU));
        assertEquals(
                "dtype fp16 on the CPU is about 8 times slower than fp32; use fp32 or bf16, or device cuda",
                e.getMessage());
        assertThrows(TorchException.class, () -> DTypePolicy.parse("float16", TorchDevice.CPU));
    }

    @Test
    void a_sparse_checkpoint_loads_with_every_dtype(@TempDir Path folder) {
        for (DType dtype : new DType[] {DType.FP32, DType.BF16}) {
            CheckpointLoadTiming timing = CheckpointLoadTiming.measure(folder, 5, 1 << 20, dtype);
            assertTrue(timing.bytes() > 1_000_000, timing.toString());
            assertTrue(timing.seconds() > 0, timing.toString());
        }
    }
}
