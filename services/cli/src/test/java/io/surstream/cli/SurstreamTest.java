package io.surstream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SurstreamTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine surstream =
            Surstream.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void help_lists_every_command() {
        int exit = surstream.execute("--help");

        assertEquals(0, exit);
        surstream
                .getSubcommands()
                .keySet()
                .forEach(name -> assertTrue(out.toString().contains("  " + name), name));
    }

    @Test
    void unknown_command_is_wrong_usage_and_names_the_word() {
        int exit = surstream.execute("paint");

        assertEquals(2, exit);
        assertTrue(err.toString().contains("paint"), err.toString());
    }

    @Test
    void wrong_usage_is_told_in_a_line_and_where_to_read_more() {
        int exit = surstream.execute("backup", "here", "--bucket");

        assertEquals(2, exit);
        assertEquals(
                "surstream backup: Missing required parameter for option '--bucket' (NAME)\n"
                        + "'surstream backup --help' shows all options.\n",
                err.toString());
    }

    @Test
    void a_name_that_no_service_would_take_is_refused_before_anything_is_published() {
        String[][] commands = {
            {"submit", "star", "--out", "out", "--job", "a b"},
            {"train", "start", "--dataset", "d", "--run", "a b"},
            {"train", "stop", "a b"}
        };
        for (String[] command : commands) {
            err.getBuffer().setLength(0);

            assertEquals(1, surstream.execute(command));
            assertTrue(err.toString().contains(" must be 1 to 128 characters"), err.toString());
            assertTrue(err.toString().contains("'a b'"), err.toString());
        }
    }

    @Test
    void failure_is_one_line_without_a_stack_trace() {
        int exit = surstream.execute("up");

        assertEquals(1, exit);
        assertEquals("surstream up: up is started by the launcher script: run ./surstream up\n", err.toString());
    }

    @Test
    void certificate_and_key_for_tls_go_together_and_are_of_use_with_an_authority_only() {
        String[] report = {"dataset", "report", "d", "--address", "127.0.0.1:1", "--tls-cert", "own.crt"};
        assertEquals(1, surstream.execute(report));
        assertEquals("surstream dataset report: --tls-cert and --tls-key go together\n", err.toString());

        err.getBuffer().setLength(0);
        String[] withoutAuthority = {
            "dataset", "report", "d", "--address", "127.0.0.1:1", "--tls-cert", "own.crt", "--tls-key", "own.key"
        };
        assertEquals(1, surstream.execute(withoutAuthority));
        assertEquals("surstream dataset report: --tls-cert requires --tls-ca\n", err.toString());
    }

    @Test
    void a_file_for_tls_that_is_missing_is_named() {
        int exit = surstream.execute(
                "dataset", "report", "d", "--address", "127.0.0.1:1", "--tls-ca", "/no/such/authority.crt");

        assertEquals(1, exit);
        assertTrue(
                err.toString()
                        .startsWith("surstream dataset report: a file for TLS cannot be read: /no/such/authority.crt"),
                err.toString());
    }
}
