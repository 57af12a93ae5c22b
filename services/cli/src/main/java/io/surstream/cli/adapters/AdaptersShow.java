package io.surstream.cli.adapters;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.surstream.cli.remote.Connection;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.storage.ObjectStore;
import io.surstream.v1.CategoryScore;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.EvaluationReport;
import io.surstream.v1.MeasuredShare;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.QualityScore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One adapter with its evaluation. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Show an adapter and its evaluation.")
final class AdaptersShow implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Parameters(paramLabel = "REVISION", description = "Adapter revision (a unique prefix is enough).")
    String revision;

    @Mixin
    Connection connection;

    @Option(names = "--sheet", paramLabel = "FILE", description = "Save the contact sheet: without and with adapter.")
    Path sheet;

    @Option(names = "--json", description = "The evaluation's event as JSON on standard output.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        AdapterService service = new AdapterService(connection);
        KnownAdapter known = service.catalog().require(revision);
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(document(known));
        } else {
            told(known, out);
        }
        out.flush();
        if (sheet != null) {
            save(service, known);
        }
        return 0;
    }

    private static String document(KnownAdapter known) throws InvalidProtocolBufferException {
        return JsonFormat.printer()
                .print(known.evaluation()
                        .orElseThrow(() ->
                                new CommandFailedException("adapter " + known.revision() + " has not been evaluated")));
    }

    private static void told(KnownAdapter known, PrintWriter out) {
        out.println("adapter   " + known.revision() + "  "
                + (known.channels().isEmpty() ? "in no channel" : String.join(", ", known.channels())));
        known.checkpoint().ifPresent(checkpoint -> told(checkpoint, out));
        if (known.evaluation().isEmpty()) {
            out.println("not evaluated");
        } else if (known.evaluation().get().hasFailure()) {
            out.println(
                    "not evaluated: " + known.evaluation().get().getFailure().getMessage());
        } else {
            told(known.evaluation().get().getReport(), out);
        }
    }

    private static void told(CheckpointPublished checkpoint, PrintWriter out) {
        out.println("of        " + checkpoint.getRunId() + ", step " + checkpoint.getGlobalStep() + ", weight "
                + checkpoint.getAdapterWeight() + ", base model " + checkpoint.getModelRevision());
    }

    private static void told(EvaluationReport report, PrintWriter out) {
        out.println("verdict   " + report.getVerdict() + ": " + report.getReason());
        out.printf("%n%-14s %20s %20s   %s%n", report.getScorer(), "without", "with adapter", "gain, 95 % interval");
        for (CategoryScore score : report.getCategoriesList()) {
            out.printf(
                    Locale.ROOT,
                    "%-14s %20s %20s   %+.1f (%+.1f to %+.1f)%n",
                    score.getCategory(),
                    share(score.getBaseline()),
                    share(score.getAdapted()),
                    100 * score.getGain(),
                    100 * score.getGainLower(),
                    100 * score.getGainUpper());
        }
        for (QualityScore score : report.getQualitiesList()) {
            out.printf(
                    Locale.ROOT,
                    "%-20s %14.4g %20.4g   %+.3g (%+.3g to %+.3g)%s%n",
                    score.getMeasure(),
                    score.getBaseline(),
                    score.getAdapted(),
                    score.getChange(),
                    score.getChangeLower(),
                    score.getChangeUpper(),
                    score.getAcceptable() ? "" : "  not surely within the tolerance");
        }
        out.println("report    s3://" + report.getDocument().getBucket() + "/"
                + report.getDocument().getKey());
    }

    private static String share(MeasuredShare share) {
        return String.format(
                Locale.ROOT,
                "%.1f%% (%.1f–%.1f)",
                100.0 * share.getSuccesses() / Math.max(1, share.getTrials()),
                100 * share.getLower(),
                100 * share.getUpper());
    }

    private void save(AdapterService service, KnownAdapter known) throws IOException {
        ObjectReference object = known.evaluation()
                .filter(evaluation -> evaluation.hasReport())
                .map(evaluation -> evaluation.getReport().getContactSheet())
                .orElseThrow(() -> new CommandFailedException("adapter " + known.revision() + " has no contact sheet"));
        try (ObjectStore store = service.store(object.getBucket())) {
            Files.write(sheet, store.get(object.getKey()));
        }
    }
}
