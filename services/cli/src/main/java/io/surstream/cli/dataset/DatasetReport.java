package io.surstream.cli.dataset;

import io.surstream.cli.option.JsonOption;
import io.surstream.cli.remote.GrpcCalls;
import io.surstream.v1.CurationReport;
import io.surstream.v1.CuratorGrpc;
import io.surstream.v1.ReportRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the stages kept of a dataset, and why they dropped the rest. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Show what each stage kept of a dataset and why it rejected the rest, over all imports.")
final class DatasetReport implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    GrpcCalls instance;

    @Parameters(paramLabel = "NAME", description = "The dataset.")
    String dataset;

    @Mixin
    JsonOption json;

    @Override
    public Integer call() {
        CurationReport report = instance.with(channel -> CuratorGrpc.newBlockingStub(channel)
                .report(ReportRequest.newBuilder().setDataset(dataset).build()));
        new ReportTable(report).print(command.commandLine().getOut(), json.isWanted());
        return 0;
    }
}
