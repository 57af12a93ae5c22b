package io.surstream.cli.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.cli.option.JsonOption;
import io.surstream.cli.remote.DataFolderOption;
import io.surstream.cli.remote.RunningInstance;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks everything a deployment needs and recommends fixes. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Check machine, models, Kafka, topics, object storage and clocks, and recommend fixes.",
        footer = {
            "",
            "All settings of the services work too, for example SURSTREAM_STORAGE_ENDPOINT. Exit code 1 if a check fails."
        })
public final class Doctor implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Integer> PORTS = List.of(8080, 9092, 9000);

    @Spec
    CommandSpec command;

    @Mixin
    DataFolderOption data = new DataFolderOption();

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka address (default: the setting, or that of the running 'surstream up').")
    String bootstrap;

    @Option(
            names = "--storage",
            paramLabel = "URL",
            description = "S3 endpoint (default: the setting, or that of the running 'surstream up').")
    String storage;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "Model to check (default: the setting, or the bundled one).")
    String model;

    @Option(names = "--model-revision", paramLabel = "REVISION", description = "Required revision of the model.")
    String modelRevision;

    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            description = "Language model to check (default: the setting, or the bundled one).")
    String teacher;

    @Mixin
    JsonOption json;

    @Override
    public Integer call() throws IOException {
        List<Finding> findings = findings();
        boolean isWell = findings.stream().noneMatch(finding -> finding.level() == Finding.Level.FAIL);
        PrintWriter out = command.commandLine().getOut();
        if (json.isWanted()) {
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document(findings, isWell)));
        } else {
            findings.forEach(finding -> print(finding, out));
        }
        out.flush();
        return isWell ? 0 : 1;
    }

    private List<Finding> findings() throws IOException {
        Optional<RunningInstance> running = RunningInstance.in(data.folder());
        DoctorSettings settings = new DoctorSettings(options(), running);
        List<Finding> findings = new ArrayList<>();
        findings.add(MachineChecks.java(Runtime.version().feature()));
        findings.add(MachineChecks.nativeLibraries());
        findings.add(MachineChecks.memory(MachineChecks.availableMemory(), MachineChecks.memoryLimit()));
        findings.add(MachineChecks.disk(data.folder(), MachineChecks.freeSpace(data.folder())));
        findings.add(ModelCheck.MODEL.of(settings.model(), Optional.ofNullable(modelRevision)));
        findings.add(ModelCheck.TEACHER.of(settings.teacher(), Optional.empty()));
        if (settings.namesKafka()) {
            findings.addAll(new KafkaChecks(
                            settings.kafka().settings(), settings.kafka().catalogue(), running.isPresent())
                    .findings());
        } else {
            findings.add(MachineChecks.ports(PORTS));
            findings.add(notNamed("kafka", "SURSTREAM_KAFKA_BOOTSTRAP_SERVERS"));
        }
        if (settings.namesStorage()) {
            findings.addAll(new StoreChecks(settings.storage().settings()).findings());
        } else {
            findings.add(notNamed("storage", "SURSTREAM_STORAGE_ENDPOINT"));
        }
        return findings;
    }

    private Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        Optional.ofNullable(bootstrap).ifPresent(value -> options.put(DoctorSettings.KAFKA, value));
        Optional.ofNullable(storage).ifPresent(value -> options.put(DoctorSettings.STORAGE, value));
        Optional.ofNullable(model).ifPresent(value -> options.put(DoctorSettings.MODEL, value));
        Optional.ofNullable(teacher).ifPresent(value -> options.put(DoctorSettings.TEACHER, value));
        return options;
    }

    private Finding notNamed(String check, String setting) {
        return Finding.warn(
                check,
                "no 'surstream up' runs on " + data.folder() + " and no other is named",
                "start ./surstream up, which brings its own, or set " + setting);
    }

    private static ObjectNode document(List<Finding> findings, boolean isWell) {
        ObjectNode document = JSON.createObjectNode().put("ok", isWell);
        ArrayNode checks = document.putArray("checks");
        findings.forEach(finding -> checks.addObject()
                .put("check", finding.check())
                .put("level", word(finding.level()))
                .put("found", finding.found())
                .put("advice", finding.advice()));
        return document;
    }

    private static void print(Finding finding, PrintWriter out) {
        out.printf("%-4s  %-17s %s%n", word(finding.level()), finding.check(), finding.found());
        if (!finding.advice().isEmpty()) {
            out.printf("      → %s%n", finding.advice());
        }
    }

    private static String word(Finding.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
