package io.surstream.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ReservedPortTest {
    @Test
    void a_port_that_is_chosen_and_not_bound_yet_is_chosen_by_nobody_else() {
        try (ReservedPort first = ReservedPort.any();
                ReservedPort second = ReservedPort.prefer(first.number())) {
            assertNotEquals(first.number(), second.number());
            assertTrue(ReservedPort.of(first.number()).isEmpty());
        }
    }

    @Test
    void its_owner_may_bind_it() throws IOException {
        try (ReservedPort port = ReservedPort.any();
                ServerSocket bound = new ServerSocket(port.number(), 1, InetAddress.getLoopbackAddress())) {
            assertEquals(port.number(), bound.getLocalPort());
        }
    }

    @Test
    void a_port_that_is_given_back_can_be_had_again() {
        ReservedPort first = ReservedPort.any();
        first.close();

        try (ReservedPort again = ReservedPort.prefer(first.number())) {
            assertEquals(first.number(), again.number());
        }
    }

    @Test
    void a_port_that_somebody_listens_on_gives_way_to_a_free_one_and_is_not_kept_from_others() throws IOException {
        int taken;
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            taken = listening.getLocalPort();
            try (ReservedPort other = ReservedPort.prefer(taken)) {
                assertNotEquals(taken, other.number());
            }
        }
        try (ReservedPort later = ReservedPort.of(taken).orElseThrow()) {
            assertEquals(taken, later.number());
        }
    }
}
