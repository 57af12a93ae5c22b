package io.surstream.it.k8s;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes' amounts of memory, as {@code 512Mi}. */
final class Quantity {
    private static final Pattern MEMORY = Pattern.compile("(\\d+)(Ki|Mi|Gi|Ti)");
    private static final Map<String, Integer> BITS = Map.of("Ki", 10, "Mi", 20, "Gi", 30, "Ti", 40);

    private Quantity() {}

    static long bytes(String quantity) {
        Matcher parts = MEMORY.matcher(quantity);
        if (!parts.matches()) {
            throw new IllegalArgumentException(quantity + " is no amount like 512Mi");
        }
        return Long.parseLong(parts.group(1)) << BITS.get(parts.group(2));
    }
}
