package io.surstream.cli.bootstrap;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithKeys;
import io.surstream.platformsetup.store.StoreAccess;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Storage accounts that {@code surstream bootstrap --accounts} creates; the keys are the names of services and roles (docs/operations/security.md). */
@ConfigMapping(prefix = "surstream.bootstrap")
public interface BootstrapConfig {
    /** By service or role. */
    @WithKeys(Names.class)
    Map<String, AccountConfig> accounts();

    /** One account of the store. */
    interface AccountConfig {
        /** Access key of the account; default: the name. */
        Optional<String> accessKey();

        /** Its secret key; without one the account is not created. */
        Optional<String> secretKey();
    }

    /** An environment variable contains only the capitals of a name, so the names must be known. */
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
