package io.surstream.cli.playground;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.cli.option.JsonOption;
import io.surstream.cli.terminal.ProgressBar;
import io.surstream.contract.prompt.PromptLimits;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.pipeline.TextToImage;
import io.surstream.playground.score.PlaygroundScore;
import io.surstream.playground.score.ScoreTable;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.v1.SamplingSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws prompts that no training saw and reads the images off their pixels. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = "Sample held-out prompts and count how often colour, count, arrangement, shape are right.")
final class PlaygroundScoring implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Option(names = "--model", paramLabel = "REF", description = "Model (default: ${DEFAULT-VALUE}).")
    String model = "playground";

    @Option(names = "--prompts", paramLabel = "N", description = "How many images (default: ${DEFAULT-VALUE}).")
    int prompts = 300;

    @Option(names = "--seed", paramLabel = "N", description = "Seed for scenes and noise (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(names = "--wording", paramLabel = "W", description = "keyword or plain (default: keyword).")
    PlaygroundScore.Wording wording = PlaygroundScore.Wording.KEYWORD;

    @Option(names = "--steps", paramLabel = "N", description = "Inference steps (default: the model's).")
    Integer steps;

    @Option(names = "--guidance", paramLabel = "SCALE", description = "Guidance scale (default: the model's).")
    Double guidance;

    @Option(names = "--scheduler", paramLabel = "NAME", description = "Scheduler (default: the model's).")
    String scheduler;

    @Option(names = "--sheet", paramLabel = "FILE", description = "Save the first images as one PNG.")
    Path sheet;

    @Mixin
    JsonOption json;

    @Override
    public Integer call() throws IOException {
        PlaygroundScore score = new PlaygroundScore(prompts, seed, 1, wording);
        PlaygroundScore.Report report;
        try (TextToImage pipeline = new TextToImage(
                        ModelResolver.standard(Map.of()).resolve(model),
                        PromptLimits.STANDARD,
                        DType.FP32,
                        TorchDevice.CPU);
                ProgressBar bar = ProgressBar.onTerminal("scoring")) {
            report = score.run(new ModelPainter(pipeline, request()), done -> bar.show(done, prompts, "images"));
        }
        if (sheet != null) {
            Files.write(sheet, report.sheet());
        }
        PrintWriter out = command.commandLine().getOut();
        out.print(
                json.isWanted()
                        ? document(report.table()) + System.lineSeparator()
                        : report.table().toText());
        out.flush();
        return 0;
    }

    private SamplingSettings request() {
        SamplingSettings.Builder request = SamplingSettings.newBuilder();
        if (steps != null) {
            request.setNumInferenceSteps(steps);
        }
        if (guidance != null) {
            request.setGuidanceScale(guidance.floatValue());
        }
        return request.setScheduler(scheduler == null ? "" : scheduler).build();
    }

    private ObjectNode document(ScoreTable table) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("model", model).put("images", table.images()).put("seed", seed);
        document.put("wording", wording.name().toLowerCase(Locale.ROOT));
        ObjectNode right = document.putObject("right");
        table.proportions()
                .forEach((attribute, share) -> right.putObject(attribute.name().toLowerCase(Locale.ROOT))
                        .put("right", share.successes())
                        .put("of", share.trials())
                        .put("rate", share.rate())
                        .put("lower", share.lower())
                        .put("upper", share.upper()));
        return document;
    }
}
