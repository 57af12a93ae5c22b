package io.surstream.cli.bootstrap;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithKeys;
import io.surstream.storage.StoreAccess;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What {@code surstream bootstrap --accounts} makes in the store; names are those of the services, and of the roles in docs/operations.md. */
@ConfigMapping(prefix = "surstream.bootstrap")
public interface BootstrapConfig {
    /** By service or role. */
    @WithKeys(Names.class)
    Map<String, AccountConfig> accounts();

    /** One account of the store. */
    interface AccountConfig {
        /** Access key of the account; absent: the name. */
        Optional<String> accessKey();

        /** Its secret key; absent: the account is not made. */
        Optional<String> secretKey();
    }

    /** An environment variable says no more of a name than its capitals, so the names must be known. */
    final class Names implements Supplier<Iterable<String>> {
        @Override
        public Iterable<String> get() {
            return () -> names();
        }

        private static Iterator<String> names() {
            return Arrays.stream(StoreAccess.values()).map(StoreAccess::user).iterator();
        }
    }
}
