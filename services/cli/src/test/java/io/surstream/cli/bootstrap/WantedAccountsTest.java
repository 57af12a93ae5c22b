package io.surstream.cli.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.platformsetup.store.StoreAccess;
import io.surstream.platformsetup.store.StoreAccount;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WantedAccountsTest {
    private static Map<StoreAccess, StoreAccount> read(Map<String, String> environment) {
        return WantedAccounts.of(new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(BootstrapConfig.class)
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(BootstrapConfig.class)
                .accounts());
    }

    @Test
    void an_account_is_named_as_its_service_and_has_the_secret_of_the_environment() {
        Map<StoreAccess, StoreAccount> accounts = read(Map.of(
                "SURSTREAM_BOOTSTRAP_ACCOUNTS_PROMPT_ENCODER_SECRET_KEY", "a-long-secret",
                "SURSTREAM_BOOTSTRAP_ACCOUNTS_TRAINER_ACCESS_KEY", "AKIA1"));

        assertEquals(StoreAccess.values().length, accounts.size());
        assertEquals(
                new StoreAccount("prompt-encoder", Optional.of("a-long-secret")),
                accounts.get(StoreAccess.PROMPT_ENCODER));
        assertEquals(new StoreAccount("AKIA1", Optional.empty()), accounts.get(StoreAccess.TRAINER));
        assertEquals(new StoreAccount("gateway", Optional.empty()), accounts.get(StoreAccess.GATEWAY));
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_and_no_secret() {
        Map<String, String> environment = Map.of(
                "SURSTREAM_BOOTSTRAP_ACCOUNTS_GATEWAY_SECRET_KEY", "tooweak",
                "SURSTREAM_BOOTSTRAP_ACCOUNTS_TRAINER_ACCESS_KEY", "curator");

        String refusal = assertThrows(CommandFailedException.class, () -> read(environment))
                .getMessage();

        assertEquals(
                "surstream.bootstrap.accounts.gateway: the secret key of account gateway must have 8 characters or more but has 7; "
                        + "surstream.bootstrap.accounts.trainer.access-key is curator, which is another account's",
                refusal);
    }
}
