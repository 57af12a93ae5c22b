package io.surstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.JsonFormat;
import io.surstream.cli.option.JsonOption;
import io.surstream.cli.remote.Connection;
import io.surstream.cli.remote.GivenName;
import io.surstream.cli.remote.JobClient;
import io.surstream.cli.remote.RunningInstance;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.cli.terminal.ProgressBar;
import io.surstream.contract.failure.Failures;
import io.surstream.contract.prompt.PromptLimits;
import io.surstream.contract.prompt.PromptRules;
import io.surstream.contract.prompt.ValidPrompt;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoreSettings;
import io.surstream.v1.Failure;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SampledImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishes a prompt to Kafka, waits for its images and saves them. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = "Publish a prompt event to Kafka, wait for the images and save them. Ctrl-C cancels the job.")
final class Submit implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    CommandSpec command;

    @Mixin
    SamplingOptions options;

    @Mixin
    Connection connection;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the PNG files.")
    Path out;

    @Option(
            names = "--job",
            paramLabel = "ID",
            description =
                    "Names the job permanently: submitting it again returns the first job's images (default: a new one).")
    String jobId = UUID.randomUUID().toString();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Give up after this many seconds without progress (default: ${DEFAULT-VALUE}).")
    long timeoutSeconds = 600;

    @Mixin
    JsonOption json;

    @Override
    public Integer call() throws Exception {
        GivenName.require("--job", jobId);
        PromptSubmitted event = options.event(jobId, System.currentTimeMillis());
        // Each installation has its own limits; what none of them could accept is answered here, in the same words.
        List<Failure> problems =
                ValidPrompt.job(event, PromptRules.of(PromptLimits.WIDEST)).problems();
        if (!problems.isEmpty()) {
            Failure failure = Failures.joined("submit", problems);
            return failed(
                    ImageSampled.newBuilder()
                            .setJobId(jobId)
                            .setFailure(failure)
                            .build(),
                    sentence(failure));
        }
        RunningInstance instance = connection.resolve();
        Files.createDirectories(out);
        ImageSampled end;
        try (JobClient client = new JobClient(connection.kafka(instance), connection.topics());
                ProgressBar bar = ProgressBar.onTerminal("drawing")) {
            end = submitAndWait(client, event, bar);
        }
        return switch (end.getOutcomeCase()) {
            case IMAGES -> succeeded(end, save(instance, end));
            case FAILURE -> failed(end, sentence(end.getFailure()));
            case CANCELLED ->
                failed(end, "the job was cancelled: " + end.getCancelled().getReason());
            case OUTCOME_NOT_SET -> failed(end, "the job ended without an outcome");
        };
    }

    private ImageSampled submitAndWait(JobClient client, PromptSubmitted event, ProgressBar bar)
            throws InterruptedException {
        AtomicBoolean underWay = new AtomicBoolean(true);
        Thread cancelling = new Thread(() -> {
            if (underWay.get()) {
                client.cancel(jobId, "the user pressed Ctrl-C");
                System.err.println("\nsurstream submit: cancelled job " + jobId);
            }
        });
        Runtime.getRuntime().addShutdownHook(cancelling);
        try {
            client.submit(event);
            return client.await(
                    jobId, Duration.ofSeconds(timeoutSeconds), (done, total) -> bar.show(done, total, "steps"));
        } finally {
            underWay.set(false);
        }
    }

    private List<Path> save(RunningInstance instance, ImageSampled end) throws IOException {
        List<Path> files = new ArrayList<>();
        for (SampledImage image : end.getImages().getImagesList()) {
            StoreSettings settings =
                    connection.storage(instance).withBucket(image.getObject().getBucket());
            try (ObjectStore store = new MinioObjectStore(settings)) {
                Path file = out.resolve(jobId + "-" + files.size() + ".png");
                Files.write(file, store.get(image.getObject().getKey()));
                files.add(file);
            }
        }
        return files;
    }

    private int succeeded(ImageSampled end, List<Path> files) throws IOException {
        PrintWriter terminal = command.commandLine().getOut();
        if (json.isWanted()) {
            ObjectNode document = document(end, "SUCCEEDED");
            ArrayNode names = document.putArray("files");
            files.forEach(file -> names.add(file.toString()));
            terminal.println(document);
        } else {
            files.forEach(terminal::println);
        }
        terminal.flush();
        return 0;
    }

    private int failed(ImageSampled end, String reason) throws IOException {
        if (json.isWanted()) {
            command.commandLine().getOut().println(document(end, end.hasFailure() ? "FAILED" : "CANCELLED"));
            command.commandLine().getOut().flush();
        }
        throw new CommandFailedException(reason);
    }

    /** The event as it was announced, with the state and the files beside it. */
    private static ObjectNode document(ImageSampled end, String state) throws IOException {
        ObjectNode document = JSON.createObjectNode().put("state", state);
        document.setAll((ObjectNode) JSON.readTree(JsonFormat.printer().print(end)));
        return document;
    }

    private static String sentence(Failure failure) {
        return failure.getMessage().isBlank() ? failure.getType() : failure.getMessage();
    }
}
