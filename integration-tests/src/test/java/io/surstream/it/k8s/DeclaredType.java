package io.surstream.it.k8s;

import java.util.List;
import java.util.Map;

/** A type as a declaration file writes it. */
sealed interface DeclaredType {

    /** {@code string}, {@code number} or {@code boolean}. */
    record Primitive(String name) implements DeclaredType {}

    /** One word that must stand there. */
    record Word(String value) implements DeclaredType {}

    record ListOf(DeclaredType element) implements DeclaredType {}

    /** Any key. */
    record MapOf(DeclaredType value) implements DeclaredType {}

    /** @param parents types whose fields belong to it as well */
    record Fields(Map<String, Field> byName, List<Named> parents) implements DeclaredType {}

    record Union(List<DeclaredType> alternatives) implements DeclaredType {}

    /** A type of another declaration, by the name that stands here. */
    record Named(String name) implements DeclaredType {}

    record Field(DeclaredType type, boolean required) {}
}
