package io.surstream.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.surstream.contract.NearMiss;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names of all settings, of every service and command, and the other names that begin alike. */
final class KnownSettings {
    /** Made from the sources, as docs/configuration.md is; names of a map's keys are in brackets. */
    private static final String LIST = "/META-INF/surstream/settings.txt";

    private static final String ANY_KEY = "[\"_]*<[^>]*>[\"_]*";
    private static final List<String> PROPERTIES = read();
    private static final List<String> VARIABLES =
            PROPERTIES.stream().map(KnownSettings::variable).toList();
    private static final Pattern KNOWN_PROPERTY = anyOf(PROPERTIES, ".+", "(\\[\\d+])?");
    private static final Pattern KNOWN_VARIABLE = anyOf(VARIABLES, "_.+", "(_\\d+_)?");

    /** What the build and the launcher tell tests and commands. */
    private static final Pattern OF_THE_BUILD =
            Pattern.compile("surstream\\.((apps|docs|fork|it|log|scale|test)[.-].*|root|shared|terminal)");

    /** Read by the launcher, the command and the tests, where they are no settings. */
    private static final Pattern OF_THE_LAUNCHER = Pattern.compile("SURSTREAM_(BUILD|CLIENTS|JVM|MINIO|TRACE|IT_.*)");

    /** What Kubernetes tells every pod of a Service whose name begins with surstream. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "SURSTREAM_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private KnownSettings() {}

    /** The name that may have been meant by one that is not known, a property or a variable. */
    static Optional<String> near(String name) {
        return name.startsWith("SURSTREAM_")
                ? NearMiss.of(name.toLowerCase(Locale.ROOT), lower(VARIABLES))
                        .map(near -> near.toUpperCase(Locale.ROOT))
                : NearMiss.of(name, PROPERTIES);
    }

    private static List<String> lower(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    static boolean knowsProperty(String name) {
        return KNOWN_PROPERTY.matcher(name).matches()
                || OF_THE_BUILD.matcher(name).matches();
    }

    static boolean knowsVariable(String name, String value) {
        return KNOWN_VARIABLE.matcher(name).matches()
                || OF_THE_LAUNCHER.matcher(name).matches()
                || SERVICE_LINK.matcher(name).matches()
                || name.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches();
    }

    /** MicroProfile's rule: upper case, whatever is no letter or digit becomes an underscore. A key's place stays. */
    static String variable(String property) {
        StringBuilder name = new StringBuilder();
        for (String part : property.split("(?=<)|(?<=>)")) {
            name.append(
                    part.startsWith("<") ? part : part.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
        }
        return name.toString();
    }

    private static Pattern anyOf(List<String> names, String anyKey, String index) {
        StringBuilder any = new StringBuilder();
        for (String name : names) {
            String[] parts = name.split(ANY_KEY, -1);
            for (int i = 0; i < parts.length; i++) {
                parts[i] = Pattern.quote(parts[i]);
            }
            any.append(any.isEmpty() ? "" : "|").append(String.join(anyKey, parts));
        }
        return Pattern.compile("(" + any + ")" + index);
    }

    private static List<String> read() {
        try (InputStream list = KnownSettings.class.getResourceAsStream(LIST)) {
            return new String(list.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(LIST + " cannot be read", e);
        }
    }
}
