package io.surstream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.embedded.EmbeddedS3;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.secured.SecuredKafka;
import io.surstream.secured.TestCertificates;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        List<String> arguments = new ArrayList<>(List.of(
                "bootstrap",
                "--data",
                folder.resolve("nothing-runs-here").toString(),
                "--bootstrap",
                broker.open(),
                "--storage",
                s3.endpoint().toString(),
                "--access-key",
                s3.accessKey(),
                "--secret-key",
                s3.secretKey()));
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

    @Test
    void a_store_without_accounts_says_that_they_are_to_be_made_by_hand() {
        Said said = bootstrap("--topic-prefix", "c.", "--dry-run", "--accounts");

        assertTrue(
                said.out()
                        .contains("unsupported  accounts of the store: not supported by this store: "
                                + "make them by hand, with the policies that --print-policies shows"),
                said.out());
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
