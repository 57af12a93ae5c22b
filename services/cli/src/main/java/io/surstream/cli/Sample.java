package io.surstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.cli.option.JsonOption;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.cli.terminal.ProgressBar;
import io.surstream.contract.failure.Failures;
import io.surstream.contract.prompt.ParsedPrompt;
import io.surstream.contract.prompt.PromptLimits;
import io.surstream.contract.prompt.PromptRules;
import io.surstream.contract.prompt.ValidPrompt;
import io.surstream.models.ModelFolder;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.pipeline.NamedAdapter;
import io.surstream.models.pipeline.Sampling;
import io.surstream.models.pipeline.SamplingRules;
import io.surstream.models.pipeline.TextToImage;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.TorchRuntime;
import io.surstream.torch.TorchSettings;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.Weights;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The same image as {@code submit}, drawn in this process. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        description = "Generate the image of a prompt in this process, without servers.")
final class Sample implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    SamplingOptions options;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the PNG files.")
    Path out;

    @Option(
            names = "--model",
            paramLabel = "REF",
            description = "playground, a folder or hf://owner/name[@revision] (default: ${DEFAULT-VALUE}).")
    String model = "playground";

    @Option(
            names = "--latents",
            paramLabel = "FILE",
            description = "Safetensors file whose only tensor, or the one named latents, is the initial noise"
                    + " [images,C,h,w] of unit variance.")
    Path latents;

    @Option(names = "--device", paramLabel = "DEVICE", description = "auto, cpu, cuda or cuda:N (default: auto).")
    String device = "auto";

    @Option(names = "--dtype", paramLabel = "DTYPE", description = "fp32, bf16 or fp16 (default: fp32).")
    DType dtype = DType.FP32;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of one operation (default: the fastest number for each network).")
    int threads;

    @Mixin
    JsonOption json;

    @Override
    public Integer call() throws IOException {
        TorchRuntime.configure(TorchSettings.threads(threads));
        ModelFolder folder = ModelResolver.standard(Map.of()).resolve(model);
        try (TextToImage pipeline = new TextToImage(folder, PromptLimits.STANDARD, dtype, TorchDevice.parse(device))) {
            SamplingSettings settings = settings(pipeline.rules());
            refuseOverlong(pipeline);
            Sampling sampling = Sampling.of(settings);
            List<byte[]> pngs;
            Optional<NamedAdapter> adapter = adapter(folder);
            try (ProgressBar bar = ProgressBar.onTerminal("sampling")) {
                pngs = pipeline.sample(
                        options.prompt, options.negativePrompt, adapter, settings, initialLatents(), step -> {
                            bar.show(step.done(), step.total(), "steps");
                            return true;
                        });
            } finally {
                adapter.ifPresent(NamedAdapter::close);
            }
            report(sampling, pngs);
        }
        return 0;
    }

    /** none, a file, or live: here that is the adapter that comes with the model, also where nothing is said. */
    private Optional<NamedAdapter> adapter(ModelFolder folder) {
        if (options.adapter.equals("none")) {
            return Optional.empty();
        }
        Optional<Path> file = options.adapter.isEmpty() || options.adapter.equals("live")
                ? folder.adapter()
                : Optional.of(Path.of(options.adapter));
        if (file.isEmpty() && options.adapter.isEmpty() && options.adapterWeight == null) {
            return Optional.empty();
        }
        Path found = file.filter(Files::exists)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        "--adapter of sample must be none, live (the model's own, which " + folder.name()
                                + (folder.adapter().isPresent() ? " has" : " has not")
                                + ") or a file; channels and revisions are known to 'submit'"));
        OptionalDouble weight =
                options.adapterWeight == null ? OptionalDouble.empty() : OptionalDouble.of(options.adapterWeight);
        return Optional.of(NamedAdapter.load(found, weight, TorchDevice.parse(device)));
    }

    private void refuseOverlong(TextToImage pipeline) {
        int overlong = Math.max(
                pipeline.embedder().overlong(options.prompt),
                pipeline.embedder().overlong(options.negativePrompt));
        if (overlong > 0 && !options.truncate) {
            throw new CommandFailedException("the prompt is " + overlong + " tokens longer than the "
                    + pipeline.embedder().window()
                    + " that the text encoder reads; shorten it, or cut it with --truncate");
        }
    }

    /** As for {@code submit}, but for the adapter, which may be a file here. */
    private SamplingSettings settings(SamplingRules model) {
        PromptSubmitted event = options.event("", 0);
        PromptSubmitted asked = event.toBuilder()
                .setAdapter(event.getAdapter().toBuilder().clearAdapter())
                .build();
        PromptRules rules = new PromptRules(PromptLimits.STANDARD, model);
        ParsedPrompt parsed = ValidPrompt.request(asked, rules);
        if (!(parsed instanceof ValidPrompt valid)) {
            throw new CommandFailedException(
                    Failures.joined("sample", parsed.problems()).getMessage());
        }
        SamplingSettings settings = valid.event().getSampling();
        return settings.hasSeed()
                ? settings
                : settings.toBuilder()
                        .setSeed(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE))
                        .build();
    }

    private Optional<FloatTensor> initialLatents() {
        if (latents == null) {
            return Optional.empty();
        }
        try (Weights file = SafetensorsFile.open(latents)) {
            String name = file.names().contains("latents") || file.names().size() != 1
                    ? "latents"
                    : file.names().iterator().next();
            return Optional.of(file.get(name).toFloat());
        }
    }

    private void report(Sampling sampling, List<byte[]> pngs) throws IOException {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("model", model).put("steps", sampling.steps()).put("scheduler", sampling.scheduler());
        ArrayNode images = document.putArray("images");
        PrintWriter terminal = command.commandLine().getOut();
        Files.createDirectories(out);
        for (int n = 0; n < pngs.size(); n++) {
            String seed = Long.toUnsignedString(sampling.seed() + n);
            Path file = out.resolve(String.format(Locale.ROOT, "sample-%s.png", seed));
            Files.write(file, pngs.get(n));
            images.addObject().put("file", file.toString()).put("seed", seed);
            if (!json.isWanted()) {
                terminal.println(file);
            }
        }
        if (json.isWanted()) {
            terminal.println(document);
        }
        terminal.flush();
    }
}
