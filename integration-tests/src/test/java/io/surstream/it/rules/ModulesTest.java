package io.surstream.it.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.surstream.streaming.batch.BatchHandler;
import io.surstream.streaming.batch.BatchSettings;
import io.surstream.streaming.batch.BatchWorker;
import io.surstream.streaming.batch.RejectedEventsException;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.client.OversizedEventException;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.codec.MalformedEventException;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.loop.Threads;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.share.AcquisitionLock;
import io.surstream.streaming.share.AcquisitionLockLostException;
import io.surstream.streaming.share.ShareHandler;
import io.surstream.streaming.share.ShareSettings;
import io.surstream.streaming.share.ShareWorker;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.streaming.tracing.RecordSpan;
import io.surstream.streaming.tracing.TraceContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How production code is divided into modules and packages. */
class ModulesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern DEPENDENCY =
            Pattern.compile("<dependency>\\s*<groupId>io\\.surstream</groupId>(.*?)</dependency>", Pattern.DOTALL);

    /** Packages begin with the artifact's name without dashes; these with a shorter one. */
    private static final Map<String, String> SHORTER = Map.ofEntries(
            Map.entry("prompt-encoder", "encoder"),
            Map.entry("image-sampler", "sampler"),
            Map.entry("llm-teacher", "teacher"),
            Map.entry("event-streaming", "streaming"),
            Map.entry("object-storage", "storage"),
            Map.entry("service-metrics", "metrics"),
            Map.entry("grpc-access", "access"),
            Map.entry("key-files", "keys"),
            Map.entry("private-authority", "authority"),
            Map.entry("embedded-platform", "embedded"),
            Map.entry("torch-runtime", "torch"),
            Map.entry("diffusion-models", "models"),
            Map.entry("diffusion-schedulers", "schedulers"),
            Map.entry("adapter-training", "training"),
            Map.entry("adapter-evaluation", "evaluation"),
            Map.entry("playground-experiment", "experiment"));

    private static final int MOST_CLASSES = 25;

    /** A scheduler is a class or two, and all are known by their names. */
    private static final String SCHEDULERS = "io.surstream.schedulers";

    /** Administration and measurement: not for services. */
    private static final Set<String> COMMANDS_ONLY = Set.of("platform-setup", "parity");

    private record Source(String module, String packageName, String type) {
        static Source of(Path module, Path file) {
            Path relative = module.resolve("src/main/java").relativize(file);
            return new Source(
                    module.getFileName().toString(),
                    relative.getParent().toString().replace('/', '.'),
                    relative.getFileName().toString().replace(".java", ""));
        }
    }

    @Test
    void a_package_begins_with_the_name_of_its_module() throws IOException {
        Set<String> others = new TreeSet<>();
        for (Source source : sources()) {
            String name = "io.surstream."
                    + SHORTER.getOrDefault(source.module(), source.module().replace("-", ""));
            if (!(source.packageName() + '.').startsWith(name + '.')) {
                others.add(source.module() + " has " + source.packageName());
            }
        }
        assertEquals(Set.of(), others);
    }

    @Test
    void no_two_modules_have_a_class_of_the_same_simple_name() throws IOException {
        Map<String, Set<String>> modules = sources().stream()
                .filter(source -> !source.type().equals("package-info"))
                .collect(groupingBy(Source::type, TreeMap::new, mapping(Source::module, toCollection(TreeSet::new))));
        modules.values().removeIf(all -> all.size() == 1);
        assertEquals(Map.of(), modules);
    }

    @Test
    void a_package_can_be_looked_over() throws IOException {
        Map<String, Long> classes = sources().stream()
                .filter(source -> !source.type().equals("package-info"))
                .collect(groupingBy(Source::packageName, TreeMap::new, Collectors.counting()));
        classes.values().removeIf(count -> count <= MOST_CLASSES);
        classes.remove(SCHEDULERS);
        assertEquals(Map.of(), classes);
    }

    @Test
    void no_service_carries_what_only_commands_use() throws IOException {
        Set<String> carrying = new TreeSet<>();
        for (Path module : modules()) {
            String name = module.getFileName().toString();
            if (Set.of("cli", "standalone").contains(name)) {
                continue;
            }
            DEPENDENCY
                    .matcher(Files.readString(module.resolve("pom.xml")))
                    .results()
                    .map(MatchResult::group)
                    .filter(dependency -> !dependency.contains("<scope>test</scope>"))
                    .filter(dependency -> COMMANDS_ONLY.stream()
                            .anyMatch(only -> dependency.contains("<artifactId>" + only + "</artifactId>")))
                    .forEach(dependency -> carrying.add(name));
        }
        assertEquals(Set.of(), carrying);
    }

    /** The other classes of these packages are public only because event-streaming's packages use each other. */
    @Test
    void services_use_the_public_part_of_event_streaming() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.surstream.streaming..", "io.surstream.platformsetup..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "io.surstream.streaming.batch",
                                "io.surstream.streaming.client",
                                "io.surstream.streaming.codec",
                                "io.surstream.streaming.loop",
                                "io.surstream.streaming.share",
                                "io.surstream.streaming.tracing")
                        .and(not(belongToAnyOf(
                                BatchHandler.class,
                                BatchSettings.class,
                                BatchWorker.class,
                                RejectedEventsException.class,
                                EventPublisher.class,
                                KafkaSettings.class,
                                OversizedEventException.class,
                                EventCodec.class,
                                MalformedEventException.class,
                                EventWorker.class,
                                Threads.class,
                                WorkerDefinition.class,
                                AcquisitionLock.class,
                                AcquisitionLockLostException.class,
                                ShareHandler.class,
                                ShareSettings.class,
                                ShareWorker.class,
                                RecordSpan.class,
                                TraceContext.class,
                                LogContext.class))))
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(location -> !location.contains("/io/surstream/it/"))
                        .importPackages("io.surstream"));
    }

    private static List<Path> modules() throws IOException {
        return MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(found -> ROOT.resolve(found.group(1)))
                .toList();
    }

    private static List<Source> sources() throws IOException {
        return modules().stream()
                .filter(module -> !module.endsWith("proto"))
                .flatMap(ModulesTest::sources)
                .toList();
    }

    private static Stream<Source> sources(Path module) {
        Path folder = module.resolve("src/main/java");
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(file -> Source.of(module, file))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
