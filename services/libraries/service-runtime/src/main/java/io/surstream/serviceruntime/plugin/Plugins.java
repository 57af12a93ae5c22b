package io.surstream.serviceruntime.plugin;

import io.surstream.keys.WrongSettings;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Implementations of an interface by their names: our own, and those that jars among the dependencies offer. */
public final class Plugins {
    /** The name that chooses none. */
    public static final String NONE = "none";

    private Plugins() {}

    /**
     * The implementation with this name; of several the first, our own before others'.
     *
     * @param setting for the message
     * @param type the interface; raw where it is generic
     * @throws io.smallrye.config.ConfigValidationException when nobody has this name
     */
    public static <T> T require(
            String setting, String name, Class<? super T> type, List<T> own, Function<T, String> nameOf) {
        return named(setting + " must be one of ", name, type, own, nameOf);
    }

    /** As {@link #require}; empty for {@link #NONE}. */
    public static <T> Optional<T> optional(
            String setting, String name, Class<? super T> type, List<T> own, Function<T, String> nameOf) {
        return name.equals(NONE)
                ? Optional.empty()
                : Optional.of(named(setting + " must be none or one of ", name, type, own, nameOf));
    }

    private static <T> T named(
            String rule, String name, Class<? super T> type, List<T> own, Function<T, String> nameOf) {
        List<T> all = Stream.concat(own.stream(), offered(type)).toList();
        return all.stream()
                .filter(one -> nameOf.apply(one).equals(name))
                .findFirst()
                .orElseThrow(() -> WrongSettings.of(List.of(
                        rule + all.stream().map(nameOf).collect(Collectors.joining(", ")) + " but is '" + name + "'")));
    }

    /** A generic interface has no class but its raw one; it finds the same implementations. */
    @SuppressWarnings("unchecked")
    private static <T> Stream<T> offered(Class<? super T> type) {
        return ServiceLoader.load(type).stream().map(provider -> (T) provider.get());
    }
}
