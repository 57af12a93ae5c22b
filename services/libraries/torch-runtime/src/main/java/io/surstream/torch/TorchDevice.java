package io.surstream.torch;

import ai.djl.Device;
import io.surstream.torch.tensor.TorchException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a script runs.
 *
 * @param index which CUDA device; 0 for the CPU
 */
public record TorchDevice(Kind kind, int index) {
    public static final TorchDevice CPU = new TorchDevice(Kind.CPU, 0);
    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    public enum Kind {
        CPU,
        CUDA
    }

    /**
     * Reads {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}; {@code auto} is the first CUDA device if there is
     * one.
     *
     * @throws TorchException if the text is something else, or names a CUDA device that is not there
     */
    public static TorchDevice parse(String text) {
        if (text.equals("cpu")) {
            return CPU;
        }
        if (text.equals("auto")) {
            return TorchRuntime.cudaDevices() > 0 ? new TorchDevice(Kind.CUDA, 0) : CPU;
        }
        Matcher cuda = CUDA.matcher(text);
        if (!cuda.matches()) {
            throw new TorchException("device must be auto, cpu, cuda or cuda:N but is '" + text + "'");
        }
        int index = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
        int present = TorchRuntime.cudaDevices();
        if (index >= present) {
            throw new TorchException("device '" + text + "' was asked for but libtorch sees " + present
                    + " CUDA devices here; use cpu, or install a CUDA build of libtorch and a driver");
        }
        return new TorchDevice(Kind.CUDA, index);
    }

    Device djl() {
        return kind == Kind.CPU ? Device.cpu() : Device.gpu(index);
    }

    @Override
    public String toString() {
        return kind == Kind.CPU ? "cpu" : "cuda:" + index;
    }
}
