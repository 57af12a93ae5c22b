package io.surstream.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadChoiceTest {
    private static final long MILLI = 1_000_000;

    private long now;
    private final List<Integer> calls = new ArrayList<>();
    private ThreadChoice choice;

    @TempDir
    Path folder;

    @BeforeEach
    void choose() {
        choice = new ThreadChoice(4, known(), () -> now);
    }

    @Test
    void threads_that_make_a_small_call_slower_are_not_used() {
        assertEquals(1, used(choice, threads -> threads == 1 ? 8 : 32));
    }

    @Test
    void threads_that_bring_less_than_a_tenth_are_not_used() {
        assertEquals(1, used(choice, threads -> threads == 1 ? 100 : 95));
    }

    @Test
    void threads_that_make_a_call_faster_are_used() {
        assertEquals(4, used(choice, threads -> 80 / threads));
    }

    @Test
    void a_large_call_takes_all_threads_without_being_repeated() {
        assertEquals(4, used(choice, threads -> 10_000 / threads));
        assertEquals(List.of(1, 4), calls);
    }

    @Test
    void trying_takes_about_a_second_at_most() {
        used(choice, threads -> 400);
        assertTrue(now <= 2_000 * MILLI, "ms " + now / MILLI);
    }

    @Test
    void a_kind_is_measured_once() {
        used(choice, threads -> 8);
        calls.clear();
        used(choice, threads -> 8);
        assertEquals(List.of(1), calls);
    }

    @Test
    void one_core_needs_no_choice() {
        assertEquals(1, used(new ThreadChoice(1, known(), () -> now), threads -> 8));
        assertEquals(List.of(1), calls);
    }

    @Test
    void what_one_process_found_holds_for_the_others() {
        used(choice, threads -> 80 / threads);
        calls.clear();
        assertEquals(4, used(new ThreadChoice(4, known(), () -> now), threads -> 8 * threads));
        assertEquals(List.of(4), calls);
    }

    @Test
    void the_sooner_of_two_findings_holds() {
        assertEquals(1, known().keep("unet", 1));
        assertEquals(1, known().keep("unet", 4));
        assertEquals(4, known().keep("vae", 4));
        assertEquals(1, known().find("unet"));
        assertEquals(4, known().find("vae"));
    }

    @Test
    void a_damaged_file_is_measured_anew() throws Exception {
        Files.writeString(folder.resolve("choices"), "unet=\\u00zz");
        assertEquals(4, used(choice, threads -> 80 / threads));
        assertEquals(4, known().find("unet"));
    }

    private KnownChoices known() {
        return new KnownChoices(folder.resolve("choices"));
    }

    /** How many threads the call was made with at last, when it takes so many milliseconds with each number. */
    private int used(ThreadChoice choice, IntUnaryOperator millis) {
        return choice.<Integer>call("unet", threads -> {
            calls.add(threads);
            now += millis.applyAsInt(threads) * MILLI;
            return threads;
        });
    }
}
