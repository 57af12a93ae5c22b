package io.surstream.it.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One file of type declarations in the little part of TypeScript that the kubernetes-models packages use: imports,
 * {@code export interface}, {@code export type}; classes are passed over. Anything else is refused.
 */
final class DeclarationFile {
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[A-Za-z_$][\\w$]*|[^\\s]");

    private final Path file;
    private final List<String> tokens;
    private int at;

    /** Where a name that is used here comes from: as written, relative or the name of a package's file. */
    private final Map<String, String> imports = new HashMap<>();

    private final Map<String, DeclaredType> types = new HashMap<>();
    /** Names for other files, and the names here. */
    private final Map<String, String> exportedAs = new HashMap<>();

    private DeclarationFile(Path file, String source) {
        this.file = file;
        this.tokens = TOKEN.matcher(COMMENT.matcher(source).replaceAll(" "))
                .results()
                .map(found -> found.group())
                .toList();
    }

    static DeclarationFile read(Path file) {
        try {
            DeclarationFile declarations = new DeclarationFile(file, Files.readString(file));
            declarations.parse();
            return declarations;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the type declarations " + file, e);
        }
    }

    Path file() {
        return file;
    }

    /** Null when the name is declared in this file or nowhere. */
    String importedFrom(String name) {
        return imports.get(name);
    }

    DeclaredType type(String name) {
        DeclaredType type = types.get(exportedAs.getOrDefault(name, name));
        if (type == null) {
            throw new IllegalArgumentException(file + " declares no type " + name);
        }
        return type;
    }

    private void parse() {
        while (at < tokens.size()) {
            String first = next();
            if (first.equals("import")) {
                parseImport();
            } else if (first.equals("export") && peek().equals("interface")) {
                next();
                parseInterface();
            } else if (first.equals("export") && peek().equals("type")) {
                next();
                parseTypeOrNames();
            } else if (first.equals("export") && peek().equals("declare")) {
                passOver("{", "}");
            } else {
                throw refusal("import, export interface, export type or export declare", first);
            }
        }
    }

    private void parseImport() {
        List<String> names = new ArrayList<>();
        expect("{");
        while (!peek().equals("}")) {
            names.add(next());
            accept(",");
        }
        expect("}");
        expect("from");
        String source = word(next());
        names.forEach(name -> imports.put(name, source));
        expect(";");
    }

    private void parseInterface() {
        String name = next();
        List<DeclaredType.Named> parents = new ArrayList<>();
        if (accept("extends")) {
            do {
                parents.add(new DeclaredType.Named(next()));
            } while (accept(","));
        }
        // apiVersion and kind, which the interface declares as well.
        parents.removeIf(parent -> parent.name().equals("TypeMeta"));
        types.put(name, parseBraces(parents));
    }

    private void parseTypeOrNames() {
        if (!peek().equals("{")) {
            String name = next();
            expect("=");
            types.put(name, parseType());
            expect(";");
            return;
        }
        expect("{");
        while (!peek().equals("}")) {
            String here = next();
            expect("as");
            exportedAs.put(next(), here);
            accept(",");
        }
        expect("}");
        expect(";");
    }

    private DeclaredType parseType() {
        List<DeclaredType> alternatives = new ArrayList<>(List.of(parseAlternative()));
        while (accept("|")) {
            alternatives.add(parseAlternative());
        }
        return alternatives.size() == 1 ? alternatives.get(0) : new DeclaredType.Union(List.copyOf(alternatives));
    }

    private DeclaredType parseAlternative() {
        if (peek().equals("{")) {
            return parseBraces(List.of());
        }
        String name = next();
        if (name.startsWith("\"")) {
            return new DeclaredType.Word(word(name));
        }
        if (name.equals("Array")) {
            expect("<");
            DeclaredType element = parseType();
            expect(">");
            return new DeclaredType.ListOf(element);
        }
        return switch (name) {
            case "string", "number", "boolean" -> new DeclaredType.Primitive(name);
            default -> new DeclaredType.Named(name);
        };
    }

    private DeclaredType parseBraces(List<DeclaredType.Named> parents) {
        expect("{");
        Map<String, DeclaredType.Field> fields = new LinkedHashMap<>();
        DeclaredType anyKey = null;
        while (!accept("}")) {
            if (accept("[")) {
                expect("key");
                expect(":");
                expect("string");
                expect("]");
                expect(":");
                anyKey = parseType();
            } else {
                String name = word(next());
                boolean required = !accept("?");
                expect(":");
                fields.put(name, new DeclaredType.Field(parseType(), required));
            }
            expect(";");
        }
        return anyKey == null ? new DeclaredType.Fields(fields, parents) : new DeclaredType.MapOf(anyKey);
    }

    private void passOver(String open, String close) {
        int depth = 0;
        do {
            String token = next();
            depth += token.equals(open) ? 1 : token.equals(close) ? -1 : 0;
        } while (depth > 0 || !tokens.get(at - 1).equals(close));
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
        if (at == tokens.size()) {
            throw refusal("more", "the end");
        }
        return tokens.get(at++);
    }

    private boolean accept(String token) {
        boolean there = peek().equals(token);
        at += there ? 1 : 0;
        return there;
    }

    private void expect(String token) {
        String found = next();
        if (!found.equals(token)) {
            throw refusal(token, found);
        }
    }

    private static String word(String token) {
        return token.startsWith("\"") ? token.substring(1, token.length() - 1) : token;
    }

    private IllegalArgumentException refusal(String expected, String found) {
        return new IllegalArgumentException(file + ", token " + at + ": expected " + expected + " but found " + found);
    }
}
