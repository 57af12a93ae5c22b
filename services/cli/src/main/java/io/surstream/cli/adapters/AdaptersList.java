package io.surstream.cli.adapters;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.cli.option.JsonOption;
import io.surstream.cli.remote.Connection;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** All checkpoints with their verdicts and channels. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Show all adapters: evaluation result, and which are live and canary.")
final class AdaptersList implements Callable<Integer> {
    private static final String ROW = "%-16s  %-24s  %-18s  %-12s  %s%n";

    @Spec
    CommandSpec command;

    @Mixin
    Connection connection;

    @Mixin
    JsonOption json;

    @Override
    public Integer call() {
        List<KnownAdapter> adapters = new AdapterService(connection).catalog().all();
        PrintWriter out = command.commandLine().getOut();
        if (json.isWanted()) {
            out.println(document(adapters));
        } else {
            table(adapters, out);
        }
        out.flush();
        return 0;
    }

    private static void table(List<KnownAdapter> adapters, PrintWriter out) {
        out.printf(ROW, "revision", "run/step", "verdict", "channels", "published");
        for (KnownAdapter one : adapters) {
            String published = one.checkpoint()
                    .map(checkpoint ->
                            Instant.ofEpochMilli(checkpoint.getPublishedAtMs()).toString())
                    .orElse("-");
            out.printf(ROW, one.revision(), one.name(), one.verdict(), String.join(",", one.channels()), published);
        }
    }

    private static ObjectNode document(List<KnownAdapter> adapters) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        ArrayNode list = document.putArray("adapters");
        for (KnownAdapter one : adapters) {
            ObjectNode node = list.addObject();
            node.put("revision", one.revision());
            one.checkpoint().ifPresent(checkpoint -> node.put("run", checkpoint.getRunId())
                    .put("step", checkpoint.getGlobalStep())
                    .put("model", checkpoint.getModelRevision())
                    .put("adapter_weight", checkpoint.getAdapterWeight())
                    .put("published_at_ms", checkpoint.getPublishedAtMs()));
            node.put("verdict", one.verdict());
            ArrayNode channels = node.putArray("channels");
            one.channels().forEach(channels::add);
        }
        return document;
    }
}
