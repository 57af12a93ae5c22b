package io.surstream.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockIT {

    private static final int TAKEN = 3;

    @TempDir
    Path folder;

    /** Another process: says whether it gets the folder, and holds it until its standard input ends. */
    static final class Other {
        @SuppressWarnings("try")
        public static void main(String[] arguments) throws IOException {
            try (FolderLock lock = FolderLock.take(Path.of(arguments[0]))) {
                System.out.println("held");
                System.in.read();
            } catch (FolderInUseException e) {
                System.out.println(e.holder().orElse(0));
                System.exit(TAKEN);
            }
        }
    }

    @Test
    void a_folder_of_another_process_is_refused_with_its_process_id() throws Exception {
        // given
        Process other = other();
        assertEquals("held", other.inputReader().readLine());
        // when
        var refusal = assertThrows(FolderInUseException.class, () -> FolderLock.take(folder));
        // then
        assertEquals(OptionalLong.of(other.pid()), refusal.holder());
        assertEquals(folder, refusal.folder());
        // and given back, it can be taken
        other.outputWriter().close();
        other.waitFor();
        FolderLock.take(folder).close();
    }

    @Test
    @SuppressWarnings("try")
    void a_refused_attempt_in_the_same_process_leaves_the_lock_to_its_holder() throws Exception {
        try (FolderLock held = FolderLock.take(folder)) {
            // given
            var refusal = assertThrows(FolderInUseException.class, () -> FolderLock.take(folder));
            assertEquals(OptionalLong.of(ProcessHandle.current().pid()), refusal.holder());
            // then: another process does not get it either
            Process other = other();
            assertEquals(
                    String.valueOf(ProcessHandle.current().pid()),
                    other.inputReader().readLine());
            assertEquals(TAKEN, other.waitFor());
        }
    }

    @Test
    void a_hard_kill_gives_the_folder_back() throws Exception {
        Process other = other();
        assertEquals("held", other.inputReader().readLine());
        other.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
        FolderLock.take(folder).close();
    }

    private Process other() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
