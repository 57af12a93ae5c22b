package io.surstream.evaluator.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.contract.failure.FailureType;
import io.surstream.evaluation.measure.PlaygroundScorer;
import io.surstream.evaluation.paint.PaintingModel;
import io.surstream.evaluation.statistics.PairedBootstrap;
import io.surstream.evaluation.verdict.Tolerances;
import io.surstream.evaluation.verdict.Verdict;
import io.surstream.models.ModelException;
import io.surstream.models.ModelFolder;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.initialization.FreshAdapter;
import io.surstream.playground.world.Scene;
import io.surstream.torch.ScriptException;
import io.surstream.torch.ScriptSource;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.TorchScript;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.v1.SamplingSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled model and few steps. */
class EvaluationStageTest {
    private static final int WIDTH = 128;
    private static final ModelFolder FOLDER = ModelResolver.standard(Map.of()).resolve("playground");
    private static final Supplier<PaintingModel> BUNDLED =
            () -> PaintingModel.load(FOLDER, DType.FP32, TorchDevice.CPU);

    @TempDir
    Path folder;

    private static EvaluationStage<Scene> stage(Supplier<PaintingModel> models, SamplingSettings.Builder request) {
        PlaygroundScorer scorer = new PlaygroundScorer();
        return new EvaluationStage<>(
                models,
                scorer,
                scorer.tasks(4, 1),
                scorer.controls(16, 1),
                new EvaluationStage.Settings(
                        request.build(),
                        16,
                        0,
                        false,
                        new PairedBootstrap(100, 1),
                        Tolerances.STANDARD,
                        TorchDevice.CPU),
                new SimpleMeterRegistry());
    }

    private static EvaluationStage<Scene> stage(Supplier<PaintingModel> models) {
        return stage(models, SamplingSettings.newBuilder().setNumInferenceSteps(8));
    }

    private Candidate random(int width) throws IOException {
        Path file = folder.resolve("random.safetensors");
        SafetensorsWriter.write(
                file, new FreshAdapter(width).weights(1), Map.of("adapter_weight", "1", "layout", "token"), DType.FP32);
        return new Candidate("random", file, 0);
    }

    private Candidate garbage() throws IOException {
        return new Candidate("garbage", Files.writeString(folder.resolve("garbage.safetensors"), "no tensors"), 0);
    }

    private static Candidate bundled() {
        return new Candidate("bundled", FOLDER.adapter().orElseThrow(), 0);
    }

    private static EvaluationRefusedException refusal(
            EvaluationStage<Scene> stage, Candidate candidate, Optional<Candidate> served) {
        return assertThrows(EvaluationRefusedException.class, () -> stage.evaluate(candidate, served, done -> {}));
    }

    @Test
    void an_adapter_that_damages_keyword_captions_is_worse_and_the_reason_says_so() throws IOException {
        Evaluated evaluated = stage(BUNDLED).evaluate(random(WIDTH), Optional.empty(), done -> {});

        assertEquals(Verdict.Kind.WORSE, evaluated.verdict().kind());
        assertTrue(evaluated.reason().contains("in control prompts colour"), evaluated.reason());
        String document = new String(evaluated.document(), StandardCharsets.UTF_8);
        assertTrue(document.contains("\"controls\"") && document.contains("\"control_prompts\""), document);
    }

    @Test
    void the_bundled_adapter_leaves_keyword_captions_alone_but_for_their_style() {
        Evaluated evaluated = stage(BUNDLED).evaluate(bundled(), Optional.empty(), done -> {});

        assertEquals(4, evaluated.comparison().controls().size());
        evaluated
                .comparison()
                .controls()
                .forEach(gain -> assertTrue(
                        !gain.category().equals("style") && !gain.falls(Tolerances.STANDARD.maxCategoryDrop()),
                        gain::toString));
    }

    @Test
    void a_file_that_is_no_adapter_is_blamed_on_whose_it_is() throws IOException {
        assertEquals(
                FailureType.INVALID_CHECKPOINT,
                refusal(stage(BUNDLED), garbage(), Optional.empty()).type());
        assertEquals(
                FailureType.INVALID_CHECKPOINT,
                refusal(stage(BUNDLED), random(WIDTH / 2), Optional.empty()).type());
        assertEquals(
                FailureType.LIVE_UNUSABLE,
                refusal(stage(BUNDLED), bundled(), Optional.of(garbage())).type());
    }

    @Test
    void a_broken_base_model_and_images_that_nobody_judges_are_not_the_checkpoints_fault() {
        Supplier<PaintingModel> broken = () -> {
            throw new ModelException("unet lacks conv_in.weight");
        };

        EvaluationRefusedException unusable = refusal(stage(broken), bundled(), Optional.empty());
        EvaluationRefusedException unjudged = refusal(
                stage(BUNDLED, SamplingSettings.newBuilder().setHeight(128).setWidth(64)), bundled(), Optional.empty());

        assertEquals(FailureType.MODEL_UNUSABLE, unusable.type());
        assertTrue(unusable.getMessage().contains("unet lacks conv_in.weight"), unusable.getMessage());
        assertEquals(FailureType.NO_SCORER, unjudged.type());
        assertTrue(unjudged.getMessage().contains("64x128"), unjudged.getMessage());
    }

    @Test
    void what_native_code_fails_at_may_pass_and_is_thrown_on() {
        ScriptSource source = new ScriptSource("""
            class Short(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Short, x: Tensor) -> Tensor:
                return torch.no_such_function(x)
            """);
        ScriptException noMemory =
                assertThrows(ScriptException.class, () -> TorchScript.load(source, "Short", Map.of(), TorchDevice.CPU));
        Supplier<PaintingModel> starved = () -> {
            throw noMemory;
        };

        assertSame(noMemory, assertThrows(ScriptException.class, () -> stage(starved)
                .evaluate(bundled(), Optional.empty(), done -> {})));
    }
}
