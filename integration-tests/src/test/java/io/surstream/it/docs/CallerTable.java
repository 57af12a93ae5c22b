package io.surstream.it.docs;

import io.surstream.access.CallerRole;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Who may call what by gRPC, as docs/operations/security.md shows it between its two marks. */
final class CallerTable {
    private static final String BEGIN = "<!-- callers: made by AccessTableTest -->\n";
    private static final String END = "<!-- end of callers -->\n";

    private CallerTable() {}

    /** @throws IllegalArgumentException when the page has not both marks */
    static String into(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("docs/operations/security.md has lost the marks of the callers");
        }
        return page.substring(0, begin + BEGIN.length()) + render() + page.substring(end);
    }

    private static String render() {
        StringBuilder table = new StringBuilder("\n| role, and name of its caller | may call |\n|---|---|\n");
        for (CallerRole role : CallerRole.values()) {
            table.append("| `")
                    .append(role.title())
                    .append("` | ")
                    .append(methods(role))
                    .append(" |\n");
        }
        return table.append('\n').toString();
    }

    /** By service, without the package. */
    private static String methods(CallerRole role) {
        Map<String, String> byService = new LinkedHashMap<>();
        for (String method : role.methods()) {
            String[] parts = method.replaceFirst("^surstream\\.v1\\.", "").split("/");
            byService.merge(parts[0], '`' + parts[1] + '`', (all, one) -> all + ", " + one);
        }
        return byService.entrySet().stream()
                .map(each -> each.getKey() + ' ' + each.getValue())
                .collect(Collectors.joining("; "));
    }
}
