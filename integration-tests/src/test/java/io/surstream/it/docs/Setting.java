package io.surstream.it.docs;

import java.util.Optional;

/**
 * One setting as the page shows it.
 *
 * @param name full property name
 * @param type as written in the source, shortened for people
 * @param defaultValue as written in the source; empty when there is none
 * @param required there is no default and it must be given
 * @param meaning first to last sentence of its Javadoc, on one line
 */
public record Setting(String name, String type, Optional<String> defaultValue, boolean required, String meaning) {}
