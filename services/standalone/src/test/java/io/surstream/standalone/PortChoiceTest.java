package io.surstream.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.surstream.embedded.ReservedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortChoiceTest {
    @Test
    void chosen_port_that_is_taken_is_refused_by_name() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            var refusal = assertThrows(UpRefusedException.class, () -> PortChoice.require("--port", "127.0.0.1", port));

            assertEquals(
                    "port " + port + " on 127.0.0.1 is taken or not allowed; choose another one with --port",
                    refusal.getMessage());
        }
    }

    @Test
    void ports_of_broker_and_store_are_chosen_by_one_run_at_a_time() {
        try (ReservedPort first = ReservedPort.any();
                ReservedPort second = PortChoice.reserve("--kafka-port", null, first.number())) {
            assertNotEquals(first.number(), second.number());

            var refusal = assertThrows(
                    UpRefusedException.class, () -> PortChoice.reserve("--kafka-port", first.number(), first.number()));

            assertEquals(
                    "port " + first.number()
                            + " on 127.0.0.1 is taken or not allowed; choose another one with --kafka-port",
                    refusal.getMessage());
        }
    }

    @Test
    void number_that_is_no_port_is_refused_with_its_limits() {
        var refusal = assertThrows(UpRefusedException.class, () -> PortChoice.require("--port", "127.0.0.1", 65_536));

        assertEquals("--port must be 1..65535 but is 65536", refusal.getMessage());
    }
}
