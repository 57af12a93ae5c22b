package io.surstream.standalone;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.surstream.embedded.ReservedPort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code surstream up}: takes the data folder and the ports, then lets Quarkus start the services. */
@QuarkusMain
@Command(
        name = "surstream up",
        mixinStandardHelpOptions = true,
        version = "surstream 0.1.0",
        description = {
            "Runs everything in one JVM: all services, a Kafka broker and an S3 store.",
            "Prints one line when it is ready; Ctrl-C stops it. Data stay on disk and survive a restart;"
                    + " warnings go to surstream.log in the data folder."
        })
public final class Up implements Callable<Integer> {
    static final int PREFERRED_KAFKA_PORT = 9092;
    static final int PREFERRED_S3_PORT = 9000;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of all data (default: $XDG_DATA_HOME/surstream, that is ~/.local/share/surstream).")
    Path data = DataFolder.standard();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "HTTP port: REST, SSE, gRPC, health, metrics (default: ${DEFAULT-VALUE}).")
    int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on for HTTP (default: ${DEFAULT-VALUE}; no encryption or authentication).")
    String host = "127.0.0.1";

    @Option(
            names = "--model",
            paramLabel = "REF",
            description =
                    "playground, a folder, s3://… or hf://owner/name[@revision] (default: SURSTREAM_MODEL, or playground).")
    String model;

    @Option(
            names = "--kafka-port",
            paramLabel = "N",
            description = "Port of the Kafka broker on 127.0.0.1 (default: 9092, or a free one if that is taken).")
    Integer kafkaPort;

    @Option(
            names = "--s3-port",
            paramLabel = "N",
            description = "Port of the S3 store on 127.0.0.1 (default: 9000, or a free one if that is taken).")
    Integer s3Port;

    public static void main(String[] arguments) {
        CommandLine commandLine = new CommandLine(new Up());
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("surstream up: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        System.exit(commandLine.execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        // The ports are held until the end: another 'up' that starts at this moment chooses others.
        try (DataFolder folder = DataFolder.take(data);
                ReservedPort kafka = PortChoice.reserve("--kafka-port", kafkaPort, PREFERRED_KAFKA_PORT);
                ReservedPort s3 = PortChoice.reserve("--s3-port", s3Port, PREFERRED_S3_PORT)) {
            PortChoice.require("--port", host, port);
            configure(folder.root(), kafka.number(), s3.number());
            return new Run(folder.root().resolve("surstream.log")).untilStopped();
        }
    }

    /** Options are settings like any other; system properties win over files and environment. */
    private void configure(Path folder, int kafka, int s3) {
        System.setProperty("quarkus.http.host", host);
        System.setProperty("quarkus.http.port", String.valueOf(port));
        if (model != null) {
            System.setProperty("surstream.model", model);
        }
        System.setProperty("surstream.standalone.data", folder.toString());
        System.setProperty("surstream.standalone.kafka-port", String.valueOf(kafka));
        System.setProperty("surstream.standalone.s3-port", String.valueOf(s3));
    }
}
