package io.surstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.cli.option.JsonOption;
import io.surstream.cli.terminal.ProgressBar;
import io.surstream.parity.Parity;
import io.surstream.parity.ParityOptions;
import io.surstream.parity.ParityReport;
import io.surstream.parity.ParityRow;
import io.surstream.torch.TorchDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The self-test that a user runs on new hardware. */
@Command(
        name = "parity",
        mixinStandardHelpOptions = true,
        description = {
            "Run every golden case under DIR with this code and compare with the output of the Python libraries.",
            "Exit code 1 when anything differs by more than its tolerance, or a case has an unknown kind."
        })
final class ParityCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    CommandSpec command;

    @Parameters(paramLabel = "DIR", description = "A folder of cases: case.json and io.safetensors each.")
    Path folder;

    @Option(names = "--only", paramLabel = "CASE", description = "One case, or all below one folder, e.g. schedulers.")
    String only;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "auto, cpu, cuda or cuda:N (default: ${DEFAULT-VALUE}).")
    String device = "cpu";

    @Option(names = "--save", paramLabel = "OUT", description = "Write our tensors to OUT/<case>/got.safetensors.")
    Path save;

    @Mixin
    JsonOption json;

    @Override
    public Integer call() throws IOException {
        ParityOptions options =
                new ParityOptions(Optional.ofNullable(only), TorchDevice.parse(device), Optional.ofNullable(save));
        ParityReport report;
        try (ProgressBar bar = ProgressBar.onTerminal("parity")) {
            report = Parity.run(folder, options, row -> bar.say(row.caseName() + " " + row.tensor()));
        }
        PrintWriter out = command.commandLine().getOut();
        if (json.isWanted()) {
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document(report)));
        } else {
            out.print(report.table());
            out.printf("%d compared, %d failed%n", report.rows().size(), report.failures());
        }
        out.flush();
        return report.passed() ? 0 : 1;
    }

    private static ObjectNode document(ParityReport report) {
        ObjectNode document = JSON.createObjectNode()
                .put("passed", report.passed())
                .put("compared", report.rows().size())
                .put("failed", report.failures());
        ArrayNode rows = document.putArray("rows");
        for (ParityRow row : report.rows()) {
            ObjectNode line = rows.addObject().put("case", row.caseName()).put("tensor", row.tensor());
            putNumber(line, "largest_error", row.largestError());
            putNumber(line, "tolerance", row.tolerance());
            line.put("passed", row.passed()).put("reason", row.reason());
        }
        return document;
    }

    /** JSON knows no NaN. */
    private static void putNumber(ObjectNode line, String name, double value) {
        if (Double.isFinite(value)) {
            line.put(name, value);
        } else {
            line.putNull(name);
        }
    }
}
