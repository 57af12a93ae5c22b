package io.surstream.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.cli.option.JsonOption;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.models.ModelException;
import io.surstream.models.PipelineIndex;
import io.surstream.torch.checkpoint.CheckpointListing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what a checkpoint holds; weights are mapped, never read. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "List tensors, dtypes, shapes, metadata and config of a checkpoint without loading it.")
final class Inspect implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    CommandSpec command;

    @Parameters(
            paramLabel = "FILE|DIR",
            description = "A .safetensors, .pt, .pth, .ckpt or .bin file, or a model folder.")
    Path target;

    @Mixin
    JsonOption json;

    @Override
    public Integer call() throws IOException {
        ArrayNode found = JSON.createArrayNode();
        for (CheckpointListing listing : CheckpointListing.of(target)) {
            describe(listing, found.addObject());
        }
        Path scheduler = target.resolve("scheduler/scheduler_config.json");
        if (Files.isRegularFile(scheduler)) {
            ObjectNode line = found.addObject().put("file", scheduler.toString());
            line.set("config", config(scheduler, Files.readString(scheduler)));
            corrections(line.putArray("corrections"));
        }
        PrintWriter out = command.commandLine().getOut();
        if (json.isWanted()) {
            out.println(JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(JSON.createObjectNode().set("files", found)));
        } else {
            found.forEach(file -> print(file, out));
        }
        out.flush();
        return 0;
    }

    private void corrections(ArrayNode corrections) {
        try {
            PipelineIndex.read(target).scheduler().corrections().forEach(corrections::add);
        } catch (ModelException e) {
            corrections.add(e.getMessage());
        }
    }

    private static void describe(CheckpointListing listing, ObjectNode found) {
        found.put("file", listing.file().toString());
        found.put("format", listing.format().name().toLowerCase(Locale.ROOT));
        listing.config().ifPresent(text -> found.set("config", config(listing.file(), text)));
        if (listing.format() == CheckpointListing.Format.PIPELINE) {
            return;
        }
        listing.metadata().forEach(found.putObject("metadata")::put);
        ArrayNode tensors = found.putArray("tensors");
        for (CheckpointListing.Tensor tensor : listing.tensors()) {
            ObjectNode line = tensors.addObject();
            line.put("name", tensor.name()).put("dtype", tensor.dtype().safetensorsName());
            ArrayNode shape = line.putArray("shape");
            Arrays.stream(tensor.shape()).forEach(shape::add);
        }
        found.put("parameters", listing.elements()).put("bytes", listing.bytes());
    }

    private static JsonNode config(Path file, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandFailedException("the config beside " + file + " is no JSON: " + e.getOriginalMessage());
        }
    }

    private static void print(JsonNode file, PrintWriter out) {
        out.println(file.path("file").asText());
        file.path("config").properties().forEach(entry -> out.printf("  %s = %s%n", entry.getKey(), entry.getValue()));
        file.path("metadata")
                .properties()
                .forEach(entry -> out.printf(
                        "  metadata %s = %s%n", entry.getKey(), entry.getValue().asText()));
        file.path("corrections").forEach(line -> out.println("  used with " + line.asText()));
        for (JsonNode tensor : file.path("tensors")) {
            out.printf(
                    "  %-5s %-20s %s%n",
                    tensor.path("dtype").asText(),
                    tensor.path("shape"),
                    tensor.path("name").asText());
        }
        if (file.has("parameters")) {
            out.printf(
                    Locale.ROOT,
                    "  %d tensors, %,d parameters, %.1f MB%n",
                    file.path("tensors").size(),
                    file.path("parameters").asLong(),
                    file.path("bytes").asLong() / 1e6);
        }
    }
}
