package io.surstream.teacher.teach;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.surstream.models.llama.TeacherPrompt;
import io.surstream.torch.FloatTensor;
import io.surstream.v1.PromptTaught;
import io.surstream.v1.TeacherChoice;
import io.surstream.v1.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A hidden state in the words of the events. */
final class TaughtPrompt {
    private TaughtPrompt() {}

    /** Complete, with the embedding in fp32. */
    static PromptTaught of(TeacherPrompt prompt, TeacherChoice teacher, FloatTensor state) {
        return PromptTaught.newBuilder()
                .setPrompt(prompt.text())
                .setTeacher(teacher)
                .setEmbedding(tensor(state))
                .setTokens(prompt.tokens())
                .setTaughtAtMs(System.currentTimeMillis())
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
