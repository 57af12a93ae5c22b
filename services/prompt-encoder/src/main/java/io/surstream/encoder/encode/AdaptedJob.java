package io.surstream.encoder.encode;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.surstream.torch.FloatTensor;
import io.surstream.v1.EncodeResult;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A job with the embeddings that the sampler gets.
 *
 * @param revision of the adapter that made them, or {@code none}
 * @param weight λ it was applied with, 0 for none
 */
record AdaptedJob(TokenizedJob job, PromptEmbeds embeds, String revision, float weight) {
    EncodeResult result(String modelRevision) {
        return EncodeResult.newBuilder()
                .setJobId(job.job().jobId())
                .setEncoded(encoded(modelRevision))
                .build();
    }

    private EncodedPrompt encoded(String modelRevision) {
        return EncodedPrompt.newBuilder()
                .setPrompt(job.job().prompt())
                .setNegativePrompt(job.job().negativePrompt())
                .setSampling(job.job().sampling())
                .setPromptEmbeds(tensor(embeds.prompt()))
                .setNegativePromptEmbeds(tensor(embeds.negativePrompt()))
                .setAdapterRevision(revision)
                .setAdapterWeight(weight)
                .setModelRevision(modelRevision)
                .setTruncatedTokens(job.truncated())
                .build();
    }

    private static Tensor tensor(FloatTensor values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.data().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values.data());
        // The buffer is ours alone from here on: no need to copy it.
        ByteString content = UnsafeByteOperations.unsafeWrap(bytes);
        return Tensor.newBuilder()
                .setDtype(Tensor.DType.FP32)
                .addAllShape(Arrays.stream(values.shape()).boxed().toList())
                .setData(content)
                .build();
    }
}
