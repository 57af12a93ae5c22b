package io.surstream.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minio.messages.Filter;
import io.minio.messages.LifecycleConfiguration.Expiration;
import io.minio.messages.LifecycleConfiguration.Rule;
import io.minio.messages.Status;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleRulesTest {
    private static Rule rule(String id, int days) {
        Expiration expiration = new Expiration((ZonedDateTime) null, days, null, null);
        return new Rule(Status.ENABLED, null, expiration, new Filter("prompt-embeds/"), id, null, null, null);
    }

    @Test
    void rules_of_others_stay_and_ours_come_once() {
        List<Rule> first = LifecycleRules.addedTo(List.of(rule("somebody's", 1)));
        List<Rule> second = LifecycleRules.addedTo(first);

        assertEquals(3, second.size());
        assertEquals("somebody's", second.get(0).id());
        assertTrue(LifecycleRules.areIn(second));
    }

    @Test
    void a_rule_with_other_days_is_replaced() {
        List<Rule> changed = List.of(rule("surstream-prompt-embeds", 1));

        assertFalse(LifecycleRules.areIn(changed));
        assertFalse(LifecycleRules.areIn(List.of()));
        assertTrue(LifecycleRules.areIn(LifecycleRules.addedTo(changed)));
        assertEquals(2, LifecycleRules.addedTo(changed).size());
    }
}
