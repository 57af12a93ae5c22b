package io.surstream.it.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.grpc.BindableService;
import io.surstream.contract.ServiceName;
import io.surstream.streaming.tracing.LogContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    private static final String SURSTREAM = "io.surstream..";
    private static final String PROTO = "io.surstream.v1..";
    /** A service's package has the last word of its name. */
    private static final List<String> DEPLOYED = Arrays.stream(ServiceName.values())
            .map(service -> service.label().replaceFirst("^.*-", ""))
            .toList();

    private static final List<String> COMPOSERS = List.of("standalone", "cli", "images");
    private static final List<String> KNOW_QUARKUS = List.of("serviceruntime", "access");
    private static final List<String> LIBRARIES = List.of(
            "contract",
            "torch",
            "schedulers",
            "models",
            "parity",
            "metrics",
            "keys",
            "authority",
            "access",
            "platformsetup",
            "serviceruntime",
            "retry",
            "streaming",
            "storage",
            "modelstore",
            "embedded",
            "playgroundmodel",
            "playground",
            "training",
            "evaluation",
            "experiment",
            "testsupport");

    private static JavaClasses imported;

    @BeforeAll
    static void importClasses() {
        imported = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/io/surstream/it/"))
                .importPackages("io.surstream");
    }

    @Test
    void every_package_belongs_to_a_module_that_these_rules_know() {
        Set<String> known = Stream.of(DEPLOYED, COMPOSERS, LIBRARIES, List.of("v1"))
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        imported.forEach(type -> assertTrue(known.contains(module(type)), type.getName()));
    }

    @TestFactory
    Stream<DynamicTest> services_never_import_services() {
        return Stream.concat(DEPLOYED.stream(), Stream.of("cli"))
                .map(service -> test(
                        service,
                        noClasses()
                                .that()
                                .resideInAPackage(of(service))
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(others(service)))));
    }

    @TestFactory
    Stream<DynamicTest> libraries_never_import_services() {
        return LIBRARIES.stream()
                .map(library -> test(
                        library,
                        noClasses()
                                .that()
                                .resideInAPackage(of(library))
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(others("")))));
    }

    @TestFactory
    Stream<DynamicTest> torch_runtime_and_schedulers_import_none_of_ours() {
        return Stream.of("torch", "schedulers")
                .map(library -> test(
                        library,
                        noClasses()
                                .that()
                                .resideInAPackage(of(library))
                                .should()
                                .dependOnClassesThat(
                                        resideInAnyPackage(SURSTREAM).and(not(resideInAnyPackage(of(library)))))));
    }

    @Test
    void no_packages_depend_on_each_other_in_a_circle() {
        SliceAssignment packages = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return resideInAnyPackage(PROTO).test(type)
                        ? SliceIdentifier.ignore()
                        : SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
        slices().assignedFrom(packages).should().beFreeOfCycles().check(imported);
    }

    /** DJL's tokenizers are in models; its tensors and engines never are. Kafka Streams hands plain records of the clients to its handlers. */
    @TestFactory
    Stream<DynamicTest> each_client_library_has_one_home() {
        return Map.of(
                        "org.apache.kafka.streams..", List.of("gateway", "trainer"),
                        "org.apache.kafka.clients..", List.of("streaming", "platformsetup", "embedded"),
                        "kafka..", List.of("embedded"),
                        "org.gaul..", List.of("embedded"),
                        "io.minio..", List.of("storage", "platformsetup"),
                        "com.google.cloud.tools.jib..", List.of("images"),
                        "ai.djl.huggingface..", List.of("models"),
                        "ai.djl..", List.of("torch", "models"),
                        "ai.djl.(pytorch|ndarray|engine|nn|training|translate|inference|repository)..",
                                List.of("torch"),
                        "picocli..", COMPOSERS)
                .entrySet()
                .stream()
                .map(home -> test(
                        home.getKey() + " in " + home.getValue(),
                        noClasses()
                                .that(outside(home.getValue()))
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(home.getKey())
                                        .and(not(belongToAnyOf(ConsumerRecord.class, ProducerRecord.class))))));
    }

    @Test
    void only_libraries_made_for_it_know_the_framework() {
        check(noClasses()
                .that()
                .resideInAnyPackage(LIBRARIES.stream()
                        .filter(library -> !KNOW_QUARKUS.contains(library))
                        .map(ArchitectureTest::of)
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.quarkus..", "jakarta.enterprise..", "jakarta.inject..")));
    }

    /** What a request is called stands in its log lines, whichever way it came in. */
    @Test
    void every_grpc_edge_opens_a_scope_for_its_requests() {
        classes()
                .that()
                .areAssignableTo(BindableService.class)
                .and()
                .areTopLevelClasses()
                .and(not(resideInAnyPackage(PROTO)))
                .should()
                .dependOnClassesThat(type(LogContext.class))
                .check(imported);
    }

    @TestFactory
    Stream<DynamicTest> no_class_name_says_nothing() {
        return Stream.of("Manager", "Helper", "Util", "Utils", "Impl", "Data", "Info")
                .map(ending -> test(
                        ending,
                        noClasses()
                                .that(resideInAnyPackage(SURSTREAM).and(not(resideInAnyPackage(PROTO))))
                                .should()
                                .haveSimpleNameEndingWith(ending)));
    }

    private static String module(JavaClass type) {
        return type.getPackageName().replaceFirst("^io\\.surstream\\.([^.]+).*", "$1");
    }

    private static String of(String module) {
        return "io.surstream." + module + "..";
    }

    private static String[] others(String service) {
        return Stream.concat(DEPLOYED.stream(), COMPOSERS.stream())
                .filter(other -> !other.equals(service))
                .map(ArchitectureTest::of)
                .toArray(String[]::new);
    }

    private static DescribedPredicate<JavaClass> outside(List<String> homes) {
        return resideInAnyPackage(SURSTREAM)
                .and(not(resideInAnyPackage(
                        homes.stream().map(ArchitectureTest::of).toArray(String[]::new))));
    }

    private static DynamicTest test(String name, ArchRule rule) {
        return DynamicTest.dynamicTest(name, () -> check(rule));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(imported);
    }
}
