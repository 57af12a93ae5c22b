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
}
