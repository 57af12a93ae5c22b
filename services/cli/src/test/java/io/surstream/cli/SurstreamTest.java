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
    void failure_is_one_line_without_a_stack_trace() {
        int exit = surstream.execute("up");

        assertEquals(1, exit);
        assertEquals("surstream up: up is started by the launcher script: run ./surstream up\n", err.toString());
    }

    @Test
    void certificate_and_key_for_tls_go_together_and_are_of_use_with_an_authority_only() {
        String[] report = {"dataset", "report", "d", "--address", "127.0.0.1:1", "--tls-cert", "own.crt"};
        assertEquals(1, surstream.execute(report));
        assertEquals("surstream report: --tls-cert and --tls-key go together\n", err.toString());

        err.getBuffer().setLength(0);
        String[] withoutAuthority = {
            "dataset", "report", "d", "--address", "127.0.0.1:1", "--tls-cert", "own.crt", "--tls-key", "own.key"
        };
        assertEquals(1, surstream.execute(withoutAuthority));
        assertEquals("surstream report: --tls-cert is of use with --tls-ca only\n", err.toString());
    }

    @Test
    void a_file_for_tls_that_is_missing_is_named() {
        int exit = surstream.execute(
                "dataset", "report", "d", "--address", "127.0.0.1:1", "--tls-ca", "/no/such/authority.crt");

        assertEquals(1, exit);
        assertTrue(
                err.toString().startsWith("surstream report: a file for TLS cannot be read: /no/such/authority.crt"),
                err.toString());
    }
}
