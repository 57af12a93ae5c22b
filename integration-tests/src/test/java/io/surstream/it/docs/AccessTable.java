package io.surstream.it.docs;

import io.surstream.platformsetup.kafka.AccessGrant;
import io.surstream.platformsetup.kafka.ServiceAccess;
import io.surstream.platformsetup.store.StoreAccess;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** The rights of each Kafka user and of each account of the store, as docs/operations/security.md shows them between marks. */
final class AccessTable {
    private static final String BEGIN = "<!-- rights: made by AccessTableTest -->\n";
    private static final String STORE_BEGIN = "<!-- accounts: made by AccessTableTest -->\n";
    private static final String END = "<!-- end of rights -->\n";
    private static final Topics BARE = new Topics(TopicSettings.defaults().withPrefix(""));

    private AccessTable() {}

    /** @throws IllegalArgumentException when the page has not all marks */
    static String into(String page) {
        return between(between(page, BEGIN, render()), STORE_BEGIN, renderStore());
    }

    private static String between(String page, String mark, String table) {
        int begin = page.indexOf(mark);
        int end = page.indexOf(END, begin);
        if (begin < 0 || end < 0) {
            throw new IllegalArgumentException("docs/operations/security.md has lost " + mark.strip() + " or its end");
        }
        return page.substring(0, begin + mark.length()) + table + page.substring(end);
    }

    private static String renderStore() {
        StringBuilder table = new StringBuilder("\n| account | reads | writes | deletes |\n|---|---|---|---|\n");
        for (StoreAccess access : StoreAccess.values()) {
            table.append("| `").append(access.user()).append("` | ");
            table.append(places(access.reads())).append(" | ");
            table.append(places(access.writes())).append(" | ");
            table.append(places(access.deletes())).append(" |\n");
        }
        return table.append('\n').toString();
    }

    private static String places(Set<String> prefixes) {
        return prefixes.stream()
                .map(prefix -> prefix.isEmpty() ? "everything" : '`' + prefix + '`')
                .collect(Collectors.joining(", "));
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
