package io.surstream.platformsetup.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.platformsetup.SetupStep;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that speaks MinIO's admin API; a real one is asked where there is one ({@code StoreAccountsIT}). */
class AccountSetupTest {
    private FakeAdminApi server;
    private AccountSetup setup;

    @BeforeEach
    void start() throws Exception {
        server = new FakeAdminApi();
        setup = new AccountSetup(server.settings(), Optional.empty());
    }

    @AfterEach
    void stop() {
        setup.close();
        server.close();
    }

    private static Map<StoreAccess, StoreAccount> all(String secretKey) {
        return Arrays.stream(StoreAccess.values())
                .collect(Collectors.toMap(
                        Function.identity(), access -> new StoreAccount(access.user(), Optional.of(secretKey))));
    }

    private List<String> open(Map<StoreAccess, StoreAccount> accounts) {
        return setup.steps(accounts).stream()
                .filter(SetupStep::isOpen)
                .map(step -> step.object() + ": " + step.detail())
                .toList();
    }

    private List<String> left(Map<StoreAccess, StoreAccount> accounts) {
        return setup.steps(accounts).stream()
                .filter(step -> step.state() == SetupStep.State.LEFT)
                .map(step -> step.object() + ": " + step.detail())
                .toList();
    }

    @Test
    void policies_and_accounts_are_made_once_and_looking_makes_none() {
        assertEquals(2 * StoreAccess.values().length, open(all("quite-right")).size());
        assertTrue(server.policies.isEmpty() && server.users.isEmpty());

        setup.steps(all("quite-right")).forEach(SetupStep::take);

        assertEquals(List.of(), open(all("quite-right")));
        assertEquals(StoreAccess.values().length, server.policies.size());
        assertEquals(
                "house-trainer", server.users.get("trainer").path("policyName").asText());
        assertEquals(
                "quite-right", server.users.get("trainer").path("secretKey").asText());
    }

    @Test
    void no_secret_travels_in_clear_or_is_told() {
        List<SetupStep> steps = setup.steps(all("quite-right"));
        steps.forEach(SetupStep::take);

        assertFalse(server.bodies.toString().contains("quite-right"));
        assertFalse(steps.toString().contains("quite-right"));
        assertFalse(all("quite-right").toString().contains("quite-right"));
    }

    @Test
    void a_changed_policy_a_lost_attachment_and_another_secret_are_put_right() {
        setup.steps(all("quite-right")).forEach(SetupStep::take);
        server.policies.put("house-gateway", server.policies.get("house-restore"));
        server.users.get("curator").put("policyName", "");
        server.users.get("trainer").put("secretKey", "quite-wrong");

        assertEquals(
                List.of(
                        "store policy house-gateway: says something else",
                        "store account curator: gets policy house-curator",
                        "store account trainer: has another secret key than the given one, gets that"),
                open(all("quite-right")));
        setup.steps(all("quite-right")).forEach(SetupStep::take);
        assertEquals(List.of(), open(all("quite-right")));
    }

    @Test
    void what_a_person_must_decide_is_left() {
        setup.steps(all("quite-right")).forEach(SetupStep::take);
        server.users.get("gateway").put("policyName", "consoleAdmin,house-gateway");
        server.users.get("trainer").put("status", "disabled");
        server.users.remove("operator");

        assertEquals(
                List.of(
                        "store account gateway: also has consoleAdmin, more than it needs; take it away by hand",
                        "store account trainer: is disabled; enable it by hand",
                        "store account operator: no secret key is given for it, so it is not made"),
                left(Map.of()));
    }

    @Test
    void an_account_without_a_secret_is_not_made_but_its_policy_is() {
        setup.steps(Map.of()).forEach(SetupStep::take);

        assertEquals(StoreAccess.values().length, server.policies.size());
        assertTrue(server.users.isEmpty());
    }

    @Test
    void a_secret_that_the_store_would_refuse_is_named_without_being_told() {
        String refusal = assertThrows(
                        IllegalArgumentException.class, () -> new StoreAccount("gateway", Optional.of("short")))
                .getMessage();

        assertEquals("the secret key of account gateway must have 8 characters or more but has 5", refusal);
    }
}
