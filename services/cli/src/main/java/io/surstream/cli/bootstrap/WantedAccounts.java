package io.surstream.cli.bootstrap;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.keys.UnknownSettings;
import io.surstream.platformsetup.store.StoreAccess;
import io.surstream.platformsetup.store.StoreAccount;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The store's accounts as the environment and system properties say them. */
final class WantedAccounts {
    private WantedAccounts() {}

    /** @throws CommandFailedException naming everything that is wrong, and no secret */
    static Map<StoreAccess, StoreAccount> read() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultSources()
                .withMapping(BootstrapConfig.class)
                .withValidateUnknown(false)
                .build();
        UnknownSettings.refuse(config);
        return of(config.getConfigMapping(BootstrapConfig.class).accounts());
    }

    static Map<StoreAccess, StoreAccount> of(Map<String, BootstrapConfig.AccountConfig> settings) {
        Map<StoreAccess, StoreAccount> accounts = new EnumMap<>(StoreAccess.class);
        List<String> problems = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (StoreAccess access : StoreAccess.values()) {
            BootstrapConfig.AccountConfig account = settings.get(access.user());
            try {
                String key = account.accessKey().orElse(access.user());
                accounts.put(access, new StoreAccount(key, account.secretKey()));
                if (!keys.add(key)) {
                    problems.add("surstream.bootstrap.accounts." + access.user() + ".access-key is " + key
                            + ", which is another account's");
                }
            } catch (IllegalArgumentException e) {
                problems.add("surstream.bootstrap.accounts." + access.user() + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandFailedException(String.join("; ", problems));
        }
        return accounts;
    }
}
