package io.surstream.platformsetup.kafka;

import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** One thing that a Kafka user may do, from any host; in Kafka's own words. */
public record AccessGrant(ResourcePattern resource, AclOperation operation) {
    /** As {@code read topic surstream.jobs}; a name that is a prefix ends with a star. */
    @Override
    public String toString() {
        return word(operation) + " " + word(resource.resourceType()) + " " + resource.name()
                + (resource.patternType() == PatternType.PREFIXED ? "*" : "");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
