package io.surstream.keys;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file of {@code quarkus.tls.*} that cannot be read is a wrong setting, reported with all others at the start.
 * Quarkus itself finds out later and shows a stack trace.
 */
public final class TlsFiles implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;
    private static final Pattern FILES = Pattern.compile(
            "quarkus\\.tls\\.(.+\\.)?(key|trust)-store\\.(pem\\.(.+\\.)?(key|cert|certs(\\[\\d+])?)|(p12|jks)\\.path)");
    private static final Pattern COMMA = Pattern.compile("\\s*(?<!\\\\),\\s*");

    /** @throws IllegalArgumentException naming the setting and the files */
    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue set = context.proceed(name);
        if (set == null || set.getValue() == null || !FILES.matcher(name).matches()) {
            return set;
        }
        List<String> missing = Arrays.stream(COMMA.split(set.getValue().trim()))
                .filter(file -> !file.isEmpty() && !Files.isReadable(Path.of(file)))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    name + " names " + String.join(", ", missing) + ", which does not exist or is not readable");
        }
        return set;
    }
}
