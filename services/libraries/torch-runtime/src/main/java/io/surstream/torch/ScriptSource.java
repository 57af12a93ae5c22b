package io.surstream.torch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program in the serialized TorchScript dialect: functions, called as {@code __torch__.name(...)}, and classes
 * ({@code class Name(Module):}) with typed attributes and methods.
 */
public record ScriptSource(String text) {
    private static final Pattern ATTRIBUTE = Pattern.compile("^  (\\w+) : (.+)$");

    /** Joins resources next to {@code anchor}, in the given order. */
    public static ScriptSource ofResources(Class<?> anchor, String... names) {
        StringBuilder all = new StringBuilder();
        for (String name : names) {
            try (InputStream in = anchor.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalArgumentException("no script resource " + name + " beside " + anchor.getName());
                }
                all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .append('\n');
            } catch (IOException e) {
                throw new UncheckedIOException("script resource " + name + " cannot be read", e);
            }
        }
        return new ScriptSource(all.toString());
    }

    /** Declared attributes of a class, name to type, in order. */
    Map<String, String> attributesOf(String className) {
        Map<String, String> attributes = new LinkedHashMap<>();
        boolean inside = false;
        boolean found = false;
        for (String line : text.split("\n")) {
            if (line.startsWith("class ")) {
                inside = line.startsWith("class " + className + "(");
                found |= inside;
            } else if (line.startsWith("  def ") || line.startsWith("def ")) {
                inside = false;
            } else if (inside) {
                Matcher attribute = ATTRIBUTE.matcher(line.stripTrailing());
                if (attribute.matches()) {
                    attributes.put(attribute.group(1), attribute.group(2));
                }
            }
        }
        if (!found) {
            throw new IllegalArgumentException("the script has no class " + className);
        }
        return attributes;
    }
}
