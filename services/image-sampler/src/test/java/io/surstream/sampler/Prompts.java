package io.surstream.sampler;

import com.google.protobuf.ByteString;
import io.surstream.modelstore.tensors.TensorReader;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.SamplingSettings;
import io.surstream.v1.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Encoded prompts of a small model. */
public final class Prompts {
    public static final String REVISION = "small-1";
    public static final int WIDTH = 4;
    public static final int LENGTH = 3;

    private Prompts() {}

    public static PromptEncoded encoded(String jobId) {
        return encoded(jobId, prompt());
    }

    public static PromptEncoded encoded(String jobId, EncodedPrompt prompt) {
        return PromptEncoded.newBuilder().setJobId(jobId).setEncoded(prompt).build();
    }

    /** Two images of 64×64 pixels in four steps. */
    public static EncodedPrompt prompt() {
        return EncodedPrompt.newBuilder()
                .setPrompt("a blue heart")
                .setNegativePrompt("blurry")
                .setSampling(SamplingSettings.newBuilder()
                        .setSeed(7)
                        .setNumInferenceSteps(4)
                        .setGuidanceScale(5)
                        .setScheduler("ddim")
                        .setNumImages(2)
                        .setHeight(64)
                        .setWidth(64))
                .setPromptEmbeds(tensor(1, LENGTH, WIDTH))
                .setNegativePromptEmbeds(tensor(1, LENGTH, WIDTH))
                .setAdapterRevision("none")
                .setModelRevision(REVISION)
                .build();
    }

    /** Reads tensors that come inline; refers to nothing that exists. */
    public static TensorReader inlineTensors() {
        return new TensorReader(new InMemoryObjectStore("bucket"));
    }

    /** The same numbers for the same shape, each time. */
    public static Tensor tensor(long... shape) {
        Random random = new Random(1);
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return tensor(values, shape);
    }

    public static Tensor tensor(float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Tensor.newBuilder()
                .setDtype(Tensor.DType.FP32)
                .addAllShape(Arrays.stream(shape).boxed().toList())
                .setData(ByteString.copyFrom(bytes))
                .build();
    }
}
