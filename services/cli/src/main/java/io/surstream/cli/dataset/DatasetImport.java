package io.surstream.cli.dataset;

import io.surstream.cli.option.JsonOption;
import io.surstream.cli.remote.GrpcCalls;
import io.surstream.cli.terminal.ProgressBar;
import io.surstream.v1.CurationReport;
import io.surstream.v1.ImportRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has the curator import a source, and shows how far it is. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Import a source into a dataset, through the curator of a running deployment.",
            "If the curator stops, the command waits for it and continues. Ctrl-C stops; the same command continues where it stopped."
        })
final class DatasetImport implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    GrpcCalls instance;

    @Parameters(
            paramLabel = "SOURCE",
            description =
                    "An imagefolder (folder or zip), pages of Civitai or Lexica (file, folder or http(s) address), or"
                            + " playground:COUNT[?seed=N&phrasings=N].")
    String source;

    @Option(names = "--dataset", required = true, paramLabel = "NAME", description = "Target dataset.")
    String dataset;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "imagefolder, civitai, lexica or playground (default: detected from the source).")
    String kind = "";

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Folder with the images of a crawl's pages (default: fetch their addresses).")
    String images = "";

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Give up after this many seconds without import progress (default: ${DEFAULT-VALUE}).")
    long timeoutSeconds = 600;

    @Mixin
    JsonOption json;

    @Override
    public Integer call() {
        ImportRequest request = ImportRequest.newBuilder()
                .setSource(source.contains(":") ? source : absolute(source))
                .setKind(kind)
                .setDataset(dataset)
                .setImages(images.isEmpty() ? "" : absolute(images))
                .build();
        CurationReport report;
        try (ProgressBar bar = ProgressBar.onTerminal("importing")) {
            report = new ResumableImport(instance, Duration.ofSeconds(timeoutSeconds), bar, this::notice).run(request);
        }
        new ReportTable(report).print(command.commandLine().getOut(), json.isWanted());
        return 0;
    }

    private void notice(String word) {
        PrintWriter terminal = command.commandLine().getErr();
        terminal.println(command.qualifiedName() + ": " + word);
        terminal.flush();
    }

    /** The curator has another working folder. */
    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }
}
