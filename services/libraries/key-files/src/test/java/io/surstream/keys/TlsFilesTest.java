package io.surstream.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
    @TempDir
    Path folder;

    @Test
    void a_file_that_is_there_is_the_settings_value() throws IOException {
        String key = Files.writeString(folder.resolve("key.pem"), "").toString();

        assertEquals(key, read("quarkus.tls.key-store.pem.0.key", key));
    }

    @Test
    void a_missing_one_is_named_with_its_setting() {
        for (String name : new String[] {
            "quarkus.tls.key-store.pem.0.cert",
            "quarkus.tls.inner.key-store.pem.a.key",
            "quarkus.tls.key-store.p12.path",
            "quarkus.tls.trust-store.jks.path",
            "quarkus.tls.trust-store.pem.certs[0]"
        }) {
            IllegalArgumentException problem =
                    assertThrows(IllegalArgumentException.class, () -> read(name, "/nowhere/file"));
            assertEquals(name + " names /nowhere/file, which does not exist or is not readable", problem.getMessage());
        }
    }

    @Test
    void of_several_the_missing_ones_are_named() throws IOException {
        String there = Files.writeString(folder.resolve("ca.pem"), "").toString();

        IllegalArgumentException problem = assertThrows(
                IllegalArgumentException.class,
                () -> read("quarkus.tls.trust-store.pem.certs", there + ", /nowhere/a,/nowhere/b"));

        assertEquals(
                "quarkus.tls.trust-store.pem.certs names /nowhere/a, /nowhere/b, which does not exist or is not readable",
                problem.getMessage());
    }

    @Test
    void other_settings_are_nobodys_business() {
        assertEquals("/nowhere", read("quarkus.tls.key-store.p12.password", "/nowhere"));
        assertEquals("/nowhere", read("surstream.model", "/nowhere"));
    }

    private static String read(String name, String value) {
        return new TlsFiles().getValue(new Given(value), name).getValue();
    }

    private record Given(String value) implements ConfigSourceInterceptorContext {
        @Override
        public ConfigValue proceed(String name) {
            return ConfigValue.builder().withName(name).withValue(value).build();
        }

        @Override
        public ConfigValue restart(String name) {
            return proceed(name);
        }

        @Override
        public Iterator<String> iterateNames() {
            return Collections.emptyIterator();
        }
    }
}
