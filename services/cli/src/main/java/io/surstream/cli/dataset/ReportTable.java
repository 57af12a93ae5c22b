package io.surstream.cli.dataset;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.surstream.v1.CurationReport;
import io.surstream.v1.StageCount;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/** A report as people and scripts read it. */
record ReportTable(CurationReport report) {
    private static final String LINE = "%-14s %10s %10s %10s%s%n";

    void print(PrintWriter out, boolean json) {
        if (json) {
            out.println(json());
        } else {
            table(out);
        }
        out.flush();
    }

    /** One line, the counts as numbers in quotes (protobuf's JSON of 64 bits). */
    private String json() {
        try {
            return JsonFormat.printer()
                    .omittingInsignificantWhitespace()
                    .alwaysPrintFieldsWithNoPresence()
                    .print(report);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a report without Any fields always has a JSON form", e);
        }
    }

    private void table(PrintWriter out) {
        out.printf("dataset %s%n", report.getDataset());
        out.printf(LINE, "stage", "entered", "kept", "dropped", "  why");
        for (StageCount stage : report.getStagesList()) {
            long dropped = stage.getEntered() - stage.getKept();
            out.printf(LINE, stage.getStage(), stage.getEntered(), stage.getKept(), dropped, reasons(stage));
        }
    }

    private static String reasons(StageCount stage) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Long> reason : new TreeMap<>(stage.getDroppedMap()).entrySet()) {
            text.append(text.length() == 0 ? "  " : ", ")
                    .append(reason.getKey())
                    .append(' ')
                    .append(reason.getValue());
        }
        return text.toString();
    }
}
