package io.surstream.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table on the terminal and the same numbers as JSON, together with the machine they were measured on. */
final class BenchReport {
    private static final String LINE = "%-22s %-30s %5s %10s %10s %10s  %s%n";

    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    void add(Measurement measurement) {
        measurements.add(measurement);
    }

    /** A sentence below the table. */
    void remark(String sentence) {
        remarks.add(sentence);
    }

    void print(PrintWriter out) {
        out.printf(LINE, "what", "", "runs", "p50", "p95", "max", "unit");
        for (Measurement row : measurements) {
            out.printf(
                    LINE,
                    row.group(),
                    row.name(),
                    row.runs(),
                    number(row.p50()),
                    number(row.p95()),
                    number(row.max()),
                    row.unit());
        }
        remarks.forEach(out::println);
        out.flush();
    }

    void write(Path file) throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("measured_at", Instant.now().toString());
        report.put("machine", machine());
        report.put("measurements", measurements);
        report.put("remarks", remarks);
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report);
    }

    private static Map<String, Object> machine() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("cpus", Runtime.getRuntime().availableProcessors());
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("java", Runtime.version().toString());
        return machine;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 1 ? "%.2f" : "%.4f", value);
    }
}
