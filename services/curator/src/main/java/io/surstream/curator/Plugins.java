package io.surstream.curator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Implementations of an interface by their names: our own, and those that jars on the class path offer. */
final class Plugins {
    private Plugins() {}

    /**
     * @param setting for the message
     * @param name {@code none} for nothing
     * @throws IllegalArgumentException when nobody has this name
     */
    static <T> Optional<T> named(String setting, String name, Class<T> type, List<T> own, Function<T, String> nameOf) {
        if (name.equals("none")) {
            return Optional.empty();
        }
        List<T> all = new ArrayList<>(own);
        ServiceLoader.load(type).forEach(all::add);
        Optional<T> found =
                all.stream().filter(one -> nameOf.apply(one).equals(name)).findFirst();
        if (found.isEmpty()) {
            String names = all.stream().map(nameOf).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(setting + " must be none or one of " + names + " but is '" + name + "'");
        }
        return found;
    }
}
