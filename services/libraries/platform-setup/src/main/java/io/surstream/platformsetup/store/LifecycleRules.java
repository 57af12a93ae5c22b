package io.surstream.platformsetup.store;

import io.minio.messages.Filter;
import io.minio.messages.LifecycleConfiguration.AbortIncompleteMultipartUpload;
import io.minio.messages.LifecycleConfiguration.Expiration;
import io.minio.messages.LifecycleConfiguration.NoncurrentVersionExpiration;
import io.minio.messages.LifecycleConfiguration.Rule;
import io.minio.messages.Status;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The rules by which a store removes what nobody needs; rules of others are left as they are. */
final class LifecycleRules {
    /** Two days more than prompts.encoded keeps its records, which refer to these objects. */
    private static final int EMBEDDINGS_DAYS = 9;

    private static final int OLD_VERSIONS_DAYS = 30;
    private static final int UPLOADS_DAYS = 2;
    private static final String EMBEDDINGS = "surstream-prompt-embeds";
    private static final String REMAINS = "surstream-remains";

    private static final String IMAGES = "surstream-images";

    /** The same rule's id in buckets that were set up before; it must not continue to remove images. */
    static final String FORMER_IMAGES = "surstream-pictures";

    private static final Set<String> OURS = Set.of(EMBEDDINGS, REMAINS, IMAGES, FORMER_IMAGES);

    private static final String WORDS = "prompt-embeds/ goes after " + EMBEDDINGS_DAYS + " days, old versions after "
            + OLD_VERSIONS_DAYS + " days, unfinished uploads after " + UPLOADS_DAYS + " days";

    private final OptionalInt imageDays;

    /** @param imageDays after which images go; empty: never */
    LifecycleRules(OptionalInt imageDays) {
        this.imageDays = imageDays;
    }

    String words() {
        return WORDS + (imageDays.isPresent() ? ", images after " + imageDays.getAsInt() + " days" : "");
    }

    boolean areIn(List<Rule> present) {
        boolean unwanted = present.stream()
                .anyMatch(rule -> FORMER_IMAGES.equals(rule.id()) || imageDays.isEmpty() && IMAGES.equals(rule.id()));
        return !unwanted && ours().stream().allMatch(rule -> present.stream().anyMatch(found -> isSame(rule, found)));
    }

    /** What a store keeps of a rule differs: MinIO takes unfinished uploads away by itself and forgets that part. */
    private static boolean isSame(Rule wanted, Rule found) {
        return wanted.id().equals(found.id())
                && found.status() == Status.ENABLED
                && days(wanted) == days(found)
                && oldVersionDays(wanted) == oldVersionDays(found);
    }

    private static int days(Rule rule) {
        return rule.expiration() == null || rule.expiration().days() == null
                ? 0
                : rule.expiration().days();
    }

    private static int oldVersionDays(Rule rule) {
        return rule.noncurrentVersionExpiration() == null
                ? 0
                : rule.noncurrentVersionExpiration().noncurrentDays();
    }

    List<Rule> addedTo(List<Rule> present) {
        List<Rule> all = new ArrayList<>(present);
        all.removeIf(rule -> OURS.contains(rule.id()));
        all.addAll(ours());
        return all;
    }

    private List<Rule> ours() {
        List<Rule> rules = new ArrayList<>();
        rules.add(expiring("prompt-embeds/", EMBEDDINGS_DAYS, EMBEDDINGS));
        imageDays.ifPresent(days -> rules.add(expiring(ImageExpiry.IMAGES, days, IMAGES)));
        rules.add(new Rule(
                Status.ENABLED,
                new AbortIncompleteMultipartUpload(UPLOADS_DAYS),
                null,
                new Filter(""),
                REMAINS,
                new NoncurrentVersionExpiration(OLD_VERSIONS_DAYS, null),
                null,
                null));
        return rules;
    }

    private static Rule expiring(String prefix, int days, String id) {
        Expiration expiration = new Expiration((ZonedDateTime) null, days, null, null);
        return new Rule(Status.ENABLED, null, expiration, new Filter(prefix), id, null, null, null);
    }
}
