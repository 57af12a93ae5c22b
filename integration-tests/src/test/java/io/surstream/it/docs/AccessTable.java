package io.surstream.it.docs;

import io.surstream.streaming.AccessGrant;
import io.surstream.streaming.ServiceAccess;
import io.surstream.streaming.TopicSettings;
import io.surstream.streaming.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** The rights of each Kafka user, as docs/operations.md shows them between its two marks. */
final class AccessTable {
    private static final String BEGIN = "<!-- rights: made by AccessTableTest -->\n";
    private static final String END = "<!-- end of rights -->\n";
    private static final Topics BARE = new Topics(TopicSettings.defaults().withPrefix(""));

    private AccessTable() {}

    /** @throws IllegalArgumentException when the page has not both marks */
    static String into(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("docs/operations.md has lost the marks of the rights");
        }
        return page.substring(0, begin + BEGIN.length()) + render() + page.substring(end);
    }

    private static String render() {
        StringBuilder table =
                new StringBuilder("\n| user | topics | groups | transactional ids |\n|---|---|---|---|\n");
        for (ServiceAccess access : ServiceAccess.values()) {
            List<AccessGrant> grants = access.grants(BARE);
            table.append("| `").append(access.user()).append("` | ");
            table.append(cell(grants, ResourceType.TOPIC)).append(" | ");
            table.append(cell(grants, ResourceType.GROUP)).append(" | ");
            table.append(cell(grants, ResourceType.TRANSACTIONAL_ID)).append(" |\n");
        }
        return table.append('\n').toString();
    }

    private static String cell(List<AccessGrant> grants, ResourceType type) {
        Map<String, List<String>> byOperation = grants.stream()
                .filter(grant -> grant.resource().resourceType() == type)
                .collect(Collectors.groupingBy(
                        grant -> grant.operation()
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'),
                        LinkedHashMap::new,
                        Collectors.mapping(AccessTable::name, Collectors.toList())));
        return byOperation.entrySet().stream()
                .map(each -> each.getKey() + ' ' + String.join(", ", each.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String name(AccessGrant grant) {
        boolean prefix = grant.resource().patternType() == PatternType.PREFIXED;
        return '`' + grant.resource().name() + (prefix ? "*" : "") + '`';
    }
}
