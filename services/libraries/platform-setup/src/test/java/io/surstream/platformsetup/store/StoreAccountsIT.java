package io.surstream.platformsetup.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minio.GetBucketLifecycleArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.messages.LifecycleConfiguration.Rule;
import io.surstream.embedded.EmbeddedS3;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.platformsetup.SetupStep;
import io.surstream.storage.MinioConnection;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StoreRefusedException;
import io.surstream.storage.StoreSettings;
import io.surstream.testsupport.secured.MinioServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * What bootstrap makes of a store: on a MinIO server where there is one, with every account signing in; otherwise on the embedded
 * store, which has neither accounts nor versions, so that it must say so, and the policies are read instead.
 */
@DisplayNameGeneration(StoreAccountsIT.StoreInName.class)
class StoreAccountsIT {
    /** The class is displayed with the store it uses. */
    static final class StoreInName extends DisplayNameGenerator.Standard {
        @Override
        public String generateDisplayNameForClass(Class<?> testClass) {
            return super.generateDisplayNameForClass(testClass) + " on " + store();
        }
    }

    @TempDir
    static Path folder;

    private static AutoCloseable server;
    private static boolean minio;
    private static StoreSettings admin;
    private static List<String> looked;
    private static List<String> lookedAgain;
    private static List<SetupStep> after;

    @BeforeAll
    static void start() {
        Optional<Path> program = MinioServer.program();
        minio = program.isPresent();
        admin = minio ? minio(program.get()) : embedded();
        LoggerFactory.getLogger(StoreAccountsIT.class).warn("tried on {}", store());
        try (BucketSetup bucket = new BucketSetup(admin, OptionalInt.of(30));
                AccountSetup setup = new AccountSetup(admin, Optional.of("models"))) {
            bucket.steps().forEach(SetupStep::take);
            bucket.steps().forEach(SetupStep::take);
            looked = told(setup.steps(accounts()));
            lookedAgain = told(setup.steps(accounts()));
            setup.steps(accounts()).forEach(SetupStep::take);
            after = new ArrayList<>(bucket.steps());
            after.addAll(setup.steps(accounts()));
        }
    }

    private static String store() {
        return MinioServer.program().map(MinioServer::version).orElse("the embedded store: no MinIO server was found");
    }

    private static StoreSettings minio(Path program) {
        MinioServer started = new MinioServer(program, folder.resolve("minio"), folder.resolve("minio.log"))
                .start()
                .awaitReady();
        server = started;
        return settings(StoreSettings.of(started.endpoint(), started.accessKey(), started.secretKey(), "house"));
    }

    private static StoreSettings embedded() {
        EmbeddedS3 s3 = EmbeddedS3.start(EmbeddedS3Settings.in(folder.resolve("s3")));
        server = s3::close;
        return settings(StoreSettings.of(s3.endpoint(), s3.accessKey(), s3.secretKey(), "house"));
    }

    private static StoreSettings settings(StoreSettings of) {
        return of.withAttempts(2, Duration.ofMillis(1)).withPartSize(5L << 20);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static String secret(StoreAccess access) {
        return "secret-of-" + access.user();
    }

    private static Map<StoreAccess, StoreAccount> accounts() {
        return Arrays.stream(StoreAccess.values())
                .collect(Collectors.toMap(
                        Function.identity(), access -> new StoreAccount(access.user(), Optional.of(secret(access)))));
    }

    private static List<String> told(List<SetupStep> steps) {
        return steps.stream().map(step -> step.object() + " " + step.state()).toList();
    }

    private static MinioObjectStore as(StoreAccess access) {
        return new MinioObjectStore(admin.withAccount(access.user(), secret(access)));
    }

    @Test
    void looking_makes_nothing_and_when_all_is_made_nothing_is_left_to_do() {
        assertEquals(looked, lookedAgain);
        if (minio) {
            assertEquals(2 * StoreAccess.values().length, looked.size());
            assertTrue(looked.stream().allMatch(step -> step.endsWith("MISSING")), looked.toString());
            assertTrue(
                    after.stream().allMatch(step -> step.state() == SetupStep.State.PRESENT),
                    told(after).toString());
        } else {
            assertEquals(List.of("accounts of the store UNSUPPORTED"), looked);
            assertTrue(after.stream().noneMatch(SetupStep::isOpen), told(after).toString());
        }
    }

    @Test
    void what_is_written_over_stays_as_an_old_version_and_rules_are_kept_where_the_store_has_them() throws Exception {
        try (MinioObjectStore store = new MinioObjectStore(admin)) {
            store.put("versions/a", new byte[] {1}, "text/plain");
            store.put("versions/a", new byte[] {2}, "text/plain");
        }
        if (!minio) {
            assertEquals(
                    List.of("versioning of bucket house UNSUPPORTED", "lifecycle of bucket house UNSUPPORTED"),
                    told(after.subList(1, 3)));
            return;
        }
        MinioClient client = MinioConnection.open(admin);
        long versions = StreamSupport.stream(
                        client.listObjects(ListObjectsArgs.builder()
                                        .bucket("house")
                                        .prefix("versions/")
                                        .includeVersions(true)
                                        .build())
                                .spliterator(),
                        false)
                .count();
        Map<String, Integer> days = new TreeMap<>();
        client.getBucketLifecycle(
                        GetBucketLifecycleArgs.builder().bucket("house").build())
                .rules()
                .forEach(rule -> days.put(rule.id(), days(rule)));
        client.close();

        assertEquals(2, versions);
        assertEquals(Map.of("surstream-prompt-embeds", 9, "surstream-remains", 30), days);
    }

    private static int days(Rule rule) {
        return rule.expiration() != null && rule.expiration().days() != null
                ? rule.expiration().days()
                : rule.noncurrentVersionExpiration().noncurrentDays();
    }

    @ParameterizedTest
    @EnumSource(StoreAccess.class)
    void each_account_does_what_its_row_says_and_nothing_else(StoreAccess access) {
        for (String key : StorePolicyTest.keys()) {
            String found = minio ? tried(access, key) : StorePolicyTest.allowed(access, key);
            assertEquals(StorePolicyTest.done(access, key), found, access.user() + " with " + key);
        }
    }

    private static String tried(StoreAccess access, String key) {
        try (MinioObjectStore owner = new MinioObjectStore(admin);
                MinioObjectStore store = as(access)) {
            owner.put(key, new byte[] {1}, "text/plain");
            String read = may(() -> store.get(key)) && may(() -> store.head(key)) ? "r" : "";
            String write = may(() -> store.put(key, new byte[] {2}, "text/plain"))
                            && may(() -> store.putIfAbsent(key + access.user(), new byte[] {3}, "text/plain"))
                    ? "w"
                    : "";
            return read + write + (may(() -> store.delete(key)) ? "d" : "");
        }
    }

    private static boolean may(Runnable request) {
        try {
            request.run();
            return true;
        } catch (StoreRefusedException e) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(StoreAccess.class)
    void each_account_sees_that_the_bucket_is_there_and_an_object_is_not(StoreAccess access) {
        StoreSettings settings = minio ? admin.withAccount(access.user(), secret(access)) : admin;
        try (MinioObjectStore store = new MinioObjectStore(settings)) {
            store.ensureBucket();
            store.warmUp().join();
            access.reads().stream()
                    .map(prefix -> prefix.replace("*", "run-9") + "nothing")
                    .forEach(key -> assertTrue(store.find(key).isEmpty(), key));
        }
    }

    @Test
    void a_large_file_goes_up_in_parts_with_the_trainers_rights() throws Exception {
        Path file = Files.write(folder.resolve("checkpoint"), new byte[(11 << 20)]);
        String key = "training/runs/run-1/checkpoints/00000001-00000001/optimizer.safetensors";
        StoreSettings settings = minio ? admin.withAccount("trainer", secret(StoreAccess.TRAINER)) : admin;
        try (MinioObjectStore store = new MinioObjectStore(settings)) {
            assertEquals(
                    11 << 20, store.put(key, file, "application/octet-stream").size());
            assertEquals(11 << 20, store.head(key).size());
        }
    }
}
