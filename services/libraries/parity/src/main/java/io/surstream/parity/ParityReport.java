package io.surstream.parity;

import java.util.List;
import java.util.Locale;

/** All comparisons of a run, in the order of the cases. */
public record ParityReport(List<ParityRow> rows) {
    public ParityReport {
        rows = List.copyOf(rows);
    }

    /** At least one comparison, and every one passed. */
    public boolean passed() {
        return !rows.isEmpty() && rows.stream().allMatch(ParityRow::passed);
    }

    public long failures() {
        return rows.stream().filter(row -> !row.passed()).count();
    }

    /** A table for people: case, tensor, largest error, tolerance, verdict. */
    public String table() {
        int cases = width("case", rows.stream().map(ParityRow::caseName).toList());
        int tensors = width("tensor", rows.stream().map(ParityRow::tensor).toList());
        String line = "%-" + cases + "s  %-" + tensors + "s  %13s  %10s  %s%n";
        StringBuilder table = new StringBuilder();
        table.append(String.format(Locale.ROOT, line, "case", "tensor", "largest error", "tolerance", "verdict"));
        for (ParityRow row : rows) {
            String verdict = row.passed() ? "ok" : "FAILED: " + row.reason();
            table.append(String.format(
                    Locale.ROOT,
                    line,
                    row.caseName(),
                    row.tensor(),
                    number(row.largestError()),
                    number(row.tolerance()),
                    verdict));
        }
        return table.toString();
    }

    private static int width(String title, List<String> values) {
        return values.stream().mapToInt(String::length).reduce(title.length(), Math::max);
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.2e", value);
    }
}
