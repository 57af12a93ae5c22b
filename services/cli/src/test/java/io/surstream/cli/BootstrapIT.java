package io.surstream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.embedded.EmbeddedS3;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.testsupport.secured.MinioServer;
import io.surstream.testsupport.secured.SecuredKafka;
import io.surstream.testsupport.secured.TestCertificates;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against a broker with an authorizer and the embedded store. */
class BootstrapIT {
    @TempDir
    static Path folder;

    private static SecuredKafka broker;
    private static EmbeddedS3 s3;

    private record Said(int exit, String out, String err) {}

    @BeforeAll
    static void start() {
        broker = SecuredKafka.start(
                folder.resolve("kafka"), TestCertificates.in(folder.resolve("ca")), List.of("gateway"));
        s3 = EmbeddedS3.start(EmbeddedS3Settings.in(folder.resolve("s3")));
    }

    @AfterAll
    static void stop() {
        s3.close();
        broker.close();
    }

    private static Said bootstrap(String... more) {
        return bootstrap(s3.endpoint(), s3.accessKey(), s3.secretKey(), more);
    }

    private static Said bootstrap(URI storage, String accessKey, String secretKey, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "bootstrap",
                "--data",
                folder.resolve("nothing-runs-here").toString(),
                "--bootstrap",
                broker.open(),
                "--storage",
                storage.toString(),
                "--access-key",
                accessKey,
                "--secret-key",
                secretKey));
        arguments.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                Surstream.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = command.execute(arguments.toArray(String[]::new));
        return new Said(exit, out.toString(), err.toString());
    }

    @Test
    void a_dry_run_changes_nothing_the_command_makes_all_and_then_there_is_nothing_to_do() throws Exception {
        Said wish = bootstrap("--topic-prefix", "a.", "--dry-run");
        assertEquals(3, wish.exit(), wish.toString());
        assertTrue(wish.out().contains("would make   topic a.prompts.submitted: partitions 4"), wish.out());
        assertTrue(
                wish.out().contains("would make   access of User:gateway: write topic a.prompts.submitted"),
                wish.out());
        assertEquals(wish, bootstrap("--topic-prefix", "a.", "--dry-run"), "the dry run has changed something");

        Said done = bootstrap("--topic-prefix", "a.");
        assertEquals(0, done.exit(), done.toString());
        assertTrue(done.out().contains("made         bucket surstream"), done.out());
        assertTrue(
                done.out().contains("unsupported  versioning of bucket surstream: not supported by this store"),
                done.out());

        Said again = bootstrap("--topic-prefix", "a.", "--json", "--dry-run");
        assertEquals(0, again.exit(), again.toString());
        JsonNode steps = new ObjectMapper().readTree(again.out()).path("steps");
        assertTrue(steps.size() > 20, again.out());
        steps.forEach(step -> assertTrue(
                List.of("there", "unsupported").contains(step.path("outcome").asText()), step.toString()));
    }

    /** Where there is no MinIO server, the embedded store has to say that it has no accounts. */
    @Test
    void accounts_and_rules_of_the_bucket_are_made_once_where_the_store_has_them() {
        Optional<Path> program = MinioServer.program();
        if (program.isEmpty()) {
            Said said = bootstrap("--topic-prefix", "c.", "--dry-run", "--accounts");
            assertTrue(
                    said.out()
                            .contains("unsupported  accounts of the store: not supported by this store: "
                                    + "make them by hand, with the policies that --print-policies shows"),
                    said.out());
            return;
        }
        System.setProperty("surstream.bootstrap.accounts.gateway.secret-key", "secret-of-gateway");
        try (MinioServer minio = new MinioServer(program.get(), folder.resolve("minio"), folder.resolve("minio.log"))) {
            minio.start().awaitReady();
            Said wish = accounts(minio, "--dry-run");
            assertEquals(3, wish.exit(), wish.toString());
            assertEquals(wish, accounts(minio, "--dry-run"), "the dry run has changed something");

            Said done = accounts(minio);
            assertEquals(0, done.exit(), done.toString());
            List.of(
                            "changed      versioning of bucket surstream: is OFF, becomes ENABLED",
                            "changed      lifecycle of bucket surstream",
                            "made         store policy surstream-gateway",
                            "made         store account gateway: with policy surstream-gateway",
                            "left         store account trainer: no secret key is given for it, so it is not made")
                    .forEach(line -> assertTrue(done.out().contains(line), line + " in " + done.out()));
            assertFalse((done.out() + done.err()).contains("secret-of-gateway"));

            Said again = accounts(minio);
            assertEquals(0, again.exit(), again.toString());
            assertTrue(again.out().lines().allMatch(line -> line.matches("(there|left) .*")), again.out());
        } finally {
            System.clearProperty("surstream.bootstrap.accounts.gateway.secret-key");
        }
    }

    private static Said accounts(MinioServer minio, String... more) {
        List<String> all = new ArrayList<>(List.of("--topic-prefix", "d.", "--accounts"));
        all.addAll(List.of(more));
        return bootstrap(minio.endpoint(), minio.accessKey(), minio.secretKey(), all.toArray(String[]::new));
    }

    @Test
    void a_store_that_refuses_is_told_beside_what_was_found_of_kafka() {
        Said said = bootstrap(s3.endpoint(), s3.accessKey(), "wrong", "--topic-prefix", "e.", "--dry-run");

        assertEquals(1, said.exit(), said.toString());
        assertTrue(said.out().contains("would make   topic e.prompts.submitted"), said.out());
        assertTrue(said.out().contains("failed       bucket surstream: the store at "), said.out());
    }

    @Test
    void principals_may_have_other_names_and_unknown_ones_are_refused() {
        Said wish = bootstrap("--topic-prefix", "b.", "--dry-run", "--principal", "gateway=User:CN=gateway");
        assertTrue(wish.out().contains("access of User:CN=gateway: write topic b.prompts.submitted"), wish.out());
        assertFalse(wish.out().contains("access of User:gateway:"), wish.out());

        Said refused = bootstrap("--principal", "gatway=User:x");
        assertEquals(1, refused.exit());
        assertTrue(refused.err().contains("--principal names 'gatway', which is no service or role"), refused.err());
    }
}
