package io.surstream.platformsetup.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minio.messages.Filter;
import io.minio.messages.LifecycleConfiguration.Expiration;
import io.minio.messages.LifecycleConfiguration.Rule;
import io.minio.messages.Status;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LifecycleRulesTest {
    private static final LifecycleRules NEVER = new LifecycleRules(OptionalInt.empty());
    private static final LifecycleRules AFTER_A_MONTH = new LifecycleRules(OptionalInt.of(30));

    private static Rule rule(String id, int days) {
        Expiration expiration = new Expiration((ZonedDateTime) null, days, null, null);
        return new Rule(Status.ENABLED, null, expiration, new Filter("prompt-embeds/"), id, null, null, null);
    }

    @Test
    void rules_of_others_stay_and_ours_come_once() {
        List<Rule> first = NEVER.addedTo(List.of(rule("somebody's", 1)));
        List<Rule> second = NEVER.addedTo(first);

        assertEquals(3, second.size());
        assertEquals("somebody's", second.get(0).id());
        assertTrue(NEVER.areIn(second));
    }

    @Test
    void a_rule_with_other_days_is_replaced() {
        List<Rule> changed = List.of(rule("surstream-prompt-embeds", 1));

        assertFalse(NEVER.areIn(changed));
        assertFalse(NEVER.areIn(List.of()));
        assertTrue(NEVER.areIn(NEVER.addedTo(changed)));
        assertEquals(2, NEVER.addedTo(changed).size());
    }

    @Test
    void images_go_after_the_days_of_the_setting_and_the_rule_goes_with_the_setting() {
        List<Rule> with = AFTER_A_MONTH.addedTo(NEVER.addedTo(List.of()));

        Rule images = with.stream()
                .filter(rule -> "images/".equals(rule.filter().prefix()))
                .findFirst()
                .orElseThrow();
        assertEquals(30, images.expiration().days());
        assertTrue(AFTER_A_MONTH.areIn(with));
        assertFalse(NEVER.areIn(with));
        assertFalse(AFTER_A_MONTH.areIn(NEVER.addedTo(with)));
        assertTrue(NEVER.areIn(NEVER.addedTo(with)));
    }

    @Test
    void a_rule_for_images_under_its_former_id_goes() {
        List<Rule> former = new ArrayList<>(NEVER.addedTo(List.of()));
        former.add(rule(LifecycleRules.FORMER_IMAGES, 30));

        assertFalse(NEVER.areIn(former));
        assertTrue(NEVER.areIn(NEVER.addedTo(former)));
    }
}
