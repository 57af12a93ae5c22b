package io.surstream.it.docs;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Reads the settings off a {@code @ConfigMapping} interface's source with the JDK's own parser. */
public final class ConfigurationSource {
    private final CompilationUnitTree unit;
    private final DocTrees docs;
    private final ClassTree mapping;
    private final Map<String, ClassTree> groups;

    private final List<ConfigurationSource> inherited = new ArrayList<>();

    private ConfigurationSource(Path file, CompilationUnitTree unit, DocTrees docs, ClassTree mapping)
            throws IOException {
        this.unit = unit;
        this.docs = docs;
        this.mapping = mapping;
        for (Tree base : mapping.getImplementsClause()) {
            inherited.add(of(source(file, unit, base.toString()), type -> true).orElseThrow());
        }
        this.groups = mapping.getMembers().stream()
                .filter(member -> member.getKind() == Tree.Kind.INTERFACE)
                .map(ClassTree.class::cast)
                .collect(Collectors.toMap(group -> group.getSimpleName().toString(), Function.identity()));
    }

    /** Empty when the file holds no {@code @ConfigMapping}. */
    public static Optional<ConfigurationSource> of(Path file) throws IOException {
        return of(file, type -> annotation(type.getModifiers(), "ConfigMapping").isPresent());
    }

    private static Optional<ConfigurationSource> of(Path file, Predicate<ClassTree> wanted) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(file));
            CompilationUnitTree unit = task.parse().iterator().next();
            Optional<ClassTree> type = unit.getTypeDecls().stream()
                    .filter(ClassTree.class::isInstance)
                    .map(ClassTree.class::cast)
                    .filter(wanted)
                    .findFirst();
            return type.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ConfigurationSource(file, unit, DocTrees.instance(task), type.get()));
        }
    }

    /** File of an interface that another one extends: next to it, or where it is imported from. */
    private static Path source(Path file, CompilationUnitTree unit, String name) throws IOException {
        Path beside = file.resolveSibling(name + ".java");
        if (Files.exists(beside)) {
            return beside;
        }
        String imported = unit.getImports().stream()
                .map(each -> each.getQualifiedIdentifier().toString())
                .filter(each -> each.endsWith("." + name))
                .findFirst()
                .orElseThrow();
        Path services = file.toAbsolutePath();
        while (!services.getFileName().toString().equals("services")) {
            services = services.getParent();
        }
        Path wanted = Path.of("src/main/java", (imported.replace('.', '/') + ".java").split("/"));
        try (var files = Files.walk(services)) {
            return files.filter(each -> each.endsWith(wanted)).findFirst().orElseThrow();
        }
    }

    String prefix() {
        return annotation(mapping.getModifiers(), "ConfigMapping").orElseThrow();
    }

    /** What the interface says of itself, with a full stop. */
    String meaning() {
        return comment(mapping);
    }

    /** Inherited ones first, in the order of the sources. */
    public List<Setting> settings() {
        return allSettings(prefix());
    }

    private List<Setting> allSettings(String prefix) {
        List<Setting> settings = new ArrayList<>();
        inherited.forEach(each -> settings.addAll(each.allSettings(prefix)));
        settings.addAll(settings(prefix, mapping));
        return settings;
    }

    private List<Setting> settings(String prefix, ClassTree type) {
        List<Setting> settings = new ArrayList<>();
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method && method.getBody() == null) {
                String written = method.getReturnType().toString();
                ClassTree group = groups.get(inner(written));
                String name = prefix + "." + name(method);
                if (group == null) {
                    settings.add(setting(name, written, method));
                } else {
                    settings.addAll(settings(written.startsWith("Map<") ? name + ".<name>" : name, group));
                }
            }
        }
        return settings;
    }

    private Setting setting(String name, String written, MethodTree method) {
        Optional<String> defaultValue = annotation(method.getModifiers(), "WithDefault");
        boolean mayBeAbsent = written.startsWith("Optional") || written.startsWith("Map<");
        String type = enumValues(inner(written)).orElse(inner(written));
        String keyed = written.startsWith("Map<") ? name + ".\"<name>\"" : name;
        return new Setting(keyed, type, defaultValue, defaultValue.isEmpty() && !mayBeAbsent, comment(method));
    }

    /** The words of an enum that is declared inside the mapping, as they are written in a setting. */
    private Optional<String> enumValues(String type) {
        return mapping.getMembers().stream()
                .filter(member -> member.getKind() == Tree.Kind.ENUM)
                .map(ClassTree.class::cast)
                .filter(declared -> declared.getSimpleName().contentEquals(type))
                .findFirst()
                .map(declared -> declared.getMembers().stream()
                        .filter(member -> member.getKind() == Tree.Kind.VARIABLE)
                        .map(member -> ((com.sun.source.tree.VariableTree) member)
                                .getName()
                                .toString())
                        .map(word -> word.toLowerCase(Locale.ROOT).replace('_', '-'))
                        .collect(Collectors.joining(", ")));
    }

    private static String inner(String written) {
        String last =
                written.replaceFirst("^(Optional|List|Set)<(.*)>$", "$2").replaceFirst("^Map<[^,]*, *(.*)>$", "$1");
        return last.substring(last.lastIndexOf('.') + 1);
    }

    private static String name(MethodTree method) {
        return annotation(method.getModifiers(), "WithName").orElseGet(() -> method.getName()
                .toString()
                .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT));
    }

    private static Optional<String> annotation(ModifiersTree modifiers, String name) {
        return modifiers.getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().endsWith(name))
                .findFirst()
                .map(ConfigurationSource::value);
    }

    private static String value(AnnotationTree annotation) {
        var argument = annotation.getArguments().get(0);
        var value = argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument;
        return String.valueOf(((LiteralTree) value).getValue());
    }

    private String comment(Tree tree) {
        String comment = docs.getDocComment(TreePath.getPath(unit, tree));
        return comment == null
                ? ""
                : comment.replaceAll("\\{@(?:code|link|literal)\\s+([^}]*)\\}", "`$1`")
                        .replaceAll("<[^>]+>", "")
                        .replaceAll("\\s+", " ")
                        .strip();
    }
}
