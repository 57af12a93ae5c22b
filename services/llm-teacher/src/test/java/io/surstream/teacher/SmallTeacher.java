package io.surstream.teacher;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.models.llama.LlamaTeacher;
import io.surstream.models.llama.Pooling;
import io.surstream.models.llama.TeacherFolder;
import io.surstream.teacher.embed.EmbedStage;
import io.surstream.teacher.embed.TeacherMeters;
import io.surstream.teacher.embed.TeacherSource;
import io.surstream.testsupport.fixtures.TinyTeacher;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** A stage over a tiny real decoder of three layers that reads at most eight words. */
public final class SmallTeacher {
    private static final int TOKENS = 8;

    private SmallTeacher() {}

    public static EmbedStage in(Path folder, MeterRegistry meters) throws IOException {
        TeacherFolder teacher = TeacherFolder.open(TinyTeacher.in(folder, "llama-gqa"));
        TeacherSource source = new TeacherSource(
                () -> teacher,
                OptionalInt.empty(),
                (found, layer) -> LlamaTeacher.load(found, layer, TOKENS, DType.FP32, TorchDevice.CPU));
        return new EmbedStage(source, Pooling.LAST, 4, new TeacherMeters(meters));
    }

    /** Prompts that went through the model. */
    public static int computed(MeterRegistry meters) {
        return (int) meters.counter("surstream.teacher.prompts", "outcome", "embedded")
                .count();
    }
}
