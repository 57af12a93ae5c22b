package io.surstream.cli.bench;

import io.surstream.torch.TorchRuntime;
import io.surstream.torch.TorchSettings;
import io.surstream.torch.tensor.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Speed and memory on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure speed and memory on this machine.",
            "Groups: tokenizer, text-encoder, unet, vae, image (in this process); threads (an image with the default, one and all"
                    + " threads alternating, and whether the default is the best); deployment (a separate deployment: time to"
                    + " ready, memory, event-to-image latency by stage); load (a 3.4 GB checkpoint); sd15 (UNet of Stable"
                    + " Diffusion 1.5's size with random weights, fp32 and bf16; minutes, only if you name it); teacher (a"
                    + " language model's hidden states, see --teacher); teacher-1b (the same with random weights of a 1.1 B"
                    + " model's shape; minutes); training (the adapter's steps with --model, against the published"
                    + " script's way of working); training-256 and training-512 (the same at Stable Diffusion 1.5's"
                    + " size with random weights and that resolution, bf16; many minutes). The last five run only if you name them."
        })
public final class Bench implements Callable<Integer> {
    private static final Set<String> MODEL_GROUPS =
            Set.of("tokenizer", "text-encoder", "unet", "vae", "image", "threads");
    private static final List<String> STANDARD =
            List.of("tokenizer", "text-encoder", "unet", "vae", "image", "threads", "load", "deployment");
    private static final List<String> ALL = List.of(
            "tokenizer",
            "text-encoder",
            "unet",
            "vae",
            "image",
            "threads",
            "load",
            "deployment",
            "sd15",
            "teacher",
            "teacher-1b",
            "training",
            "training-256",
            "training-512");
    private static final int SMALL_LATENT = 32;
    private static final int FULL_LATENT = 64;

    @Spec
    CommandSpec command;

    @Option(names = "--only", paramLabel = "GROUP", split = ",", description = "Only these groups.")
    List<String> only = STANDARD;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the numbers as JSON.")
    Path json;

    @Option(names = "--model", paramLabel = "REF", description = "Model (default: ${DEFAULT-VALUE}).")
    String model = "playground";

    @Option(
            names = "--teacher",
            paramLabel = "REF",
            description = "Language model for the group teacher (default: ${DEFAULT-VALUE}).")
    String teacher = "playground";

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Jobs through the deployment (default: ${DEFAULT-VALUE}).")
    int jobs = 30;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of one operation (default: the fastest number for each network).")
    int threads;

    @Override
    public Integer call() throws Exception {
        for (String group : only) {
            if (!ALL.contains(group)) {
                throw new ParameterException(
                        command.commandLine(), "--only must be of " + String.join(", ", ALL) + " but is " + group);
            }
        }
        TorchRuntime.configure(TorchSettings.threads(threads));
        BenchReport report = new BenchReport();
        if (only.stream().anyMatch(MODEL_GROUPS::contains)) {
            new PlaygroundBench(model, report).run(only::contains);
        }
        StableDiffusionBench large = new StableDiffusionBench(report);
        if (only.contains("load")) {
            large.load();
        }
        if (only.contains("sd15")) {
            large.forward(DType.FP32, SMALL_LATENT, 3);
            large.forward(DType.BF16, SMALL_LATENT, 3);
            large.forward(DType.FP32, FULL_LATENT, 3);
            large.forward(DType.BF16, FULL_LATENT, 3);
        }
        if (only.contains("teacher")) {
            new TeacherBench(report).real(teacher);
        }
        if (only.contains("teacher-1b")) {
            new TeacherBench(report).random();
        }
        if (only.contains("training")) {
            new TrainingBench(report).real(model, 10);
        }
        if (only.contains("training-256")) {
            new TrainingBench(report).random(256, 2);
        }
        if (only.contains("training-512")) {
            new TrainingBench(report).random(512, 1);
        }
        if (only.contains("deployment")) {
            new DeploymentBench(Path.of(System.getProperty("surstream.root", ".")), model, report, jobs).run();
        }
        report.print(command.commandLine().getOut());
        if (json != null) {
            report.write(json);
        }
        return 0;
    }
}
