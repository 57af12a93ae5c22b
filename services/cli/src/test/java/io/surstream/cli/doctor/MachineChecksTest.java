package io.surstream.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.cli.doctor.Finding.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineChecksTest {
    private static final long GIB = 1L << 30;

    @ParameterizedTest
    @CsvSource({"16,FAIL", "17,OK", "25,OK", "26,WARN"})
    void java_is_judged_by_what_was_tried(int feature, Level expected) {
        assertEquals(expected, MachineChecks.java(feature).level());
    }

    @ParameterizedTest
    @CsvSource({"0,FAIL", "1,WARN", "4,WARN", "5,OK"})
    void full_disk_fails_and_a_nearly_full_one_warns(long gib, Level expected) {
        Finding finding = MachineChecks.disk(Path.of("/data"), gib * GIB);

        assertEquals(expected, finding.level());
        assertEquals(expected == Level.OK, finding.advice().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"100,FAIL", "600,WARN", "1900,WARN", "3000,OK"})
    void memory_is_judged_by_what_models_need(long mib, Level expected) {
        assertEquals(expected, MachineChecks.memory(mib << 20, Double.NaN).level());
    }

    @ParameterizedTest
    @CsvSource({"256,FAIL", "1024,WARN", "4096,OK"})
    void containers_limit_is_judged_where_the_machine_has_more(long limitMib, Level expected) {
        Finding finding = MachineChecks.memory(64 * GIB, limitMib << 20);

        assertEquals(expected, finding.level());
        assertTrue(finding.found().endsWith("is all that this container may use"), finding::found);
    }

    @Test
    void machine_is_judged_by_what_others_leave_where_the_limit_is_higher() throws IOException {
        assertEquals("1.0 GiB available", MachineChecks.memory(GIB, 64.0 * GIB).found());
        assertTrue(MachineChecks.memoryLimit() > 0 && MachineChecks.availableMemory() > 0);
    }

    @Test
    void port_that_another_program_has_is_named() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Finding finding = MachineChecks.ports(List.of(other.getLocalPort()));

            assertEquals(Level.WARN, finding.level());
            assertTrue(finding.found().contains(String.valueOf(other.getLocalPort())), finding::found);
        }
    }

    @Test
    void disk_of_a_folder_that_is_not_there_yet_is_that_of_its_parent() throws IOException {
        assertTrue(MachineChecks.freeSpace(Path.of("/tmp/none/of/these")) > 0);
    }

    @ParameterizedTest
    @CsvSource({"PT0S,OK", "PT1S,OK", "PT5S,WARN", "PT-5S,WARN", "PT2M,FAIL", "PT-2M,FAIL"})
    void clock_of_the_store_may_differ_a_little_in_either_direction(Duration ahead, Level expected) {
        assertEquals(expected, Clocks.judge("clock", "it is", ahead, false).level());
    }

    @ParameterizedTest
    @CsvSource({"2026-01-01T00:00:00Z,OK", "2026-01-02T00:00:05Z,WARN", "2026-01-02T00:05:00Z,FAIL"})
    void record_from_the_future_tells_of_a_wrong_clock_and_an_old_one_of_nothing(Instant newest, Level expected) {
        assertEquals(
                expected,
                KafkaChecks.clock(newest, Instant.parse("2026-01-02T00:00:00Z")).level());
    }

    @Test
    void libraries_load_here() {
        Finding finding = MachineChecks.nativeLibraries();

        assertEquals(Level.OK, finding.level(), finding::found);
        assertFalse(finding.found().isBlank());
    }
}
