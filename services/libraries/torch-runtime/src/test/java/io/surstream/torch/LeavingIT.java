package io.surstream.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.NativeLibrary;
import io.surstream.torch.tensor.FloatTensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process that computes may be stopped at any moment. {@code -Dsurstream.test.stops=200} tries more moments than the
 * few of a usual build.
 */
class LeavingIT {
    private static final int STOPS = Integer.getInteger("surstream.test.stops", 3);
    private static final String READY = "computing";

    /** What is stopped: two threads without a pause in native code. */
    static final class Busy {
        public static void main(String[] arguments) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            // Older than libtorch's destructors and so called after them: they have time to be missed.
            NativeLibrary c = NativeLibrary.getProcess();
            c.getFunction("on_exit").invokeInt(new Object[] {c.getFunction("sleep"), null});
            TorchScript script = TorchScript.load(
                    ScriptSource.ofResources(LeavingIT.class, "busy.torchscript"), "Busy", Map.of(), TorchDevice.CPU);
            FloatTensor image = FloatTensor.of(new float[4 * 8 * 8], 1, 4, 8, 8);
            FloatTensor weight = FloatTensor.of(new float[4 * 4 * 9], 4, 4, 3, 3);
            for (int i = 0; i < 2; i++) {
                Thread thread = new Thread(() -> {
                    while (true) {
                        script.run("forward", image, weight);
                    }
                });
                thread.setDaemon(true);
                thread.start();
            }
            System.out.println(READY);
            switch (arguments[0]) {
                case "exit" -> {
                    Thread.sleep(Long.parseLong(arguments[1]));
                    System.exit(3);
                }
                case "halt" -> {
                    Thread.sleep(Long.parseLong(arguments[1]));
                    Runtime.getRuntime().halt(4);
                }
                case "return" -> Thread.sleep(Long.parseLong(arguments[1]));
                case "throw" -> {
                    Thread.sleep(Long.parseLong(arguments[1]));
                    throw new IllegalStateException("main fails");
                }
                default -> Thread.sleep(600_000);
            }
        }
    }

    @Test
    void a_signal_at_any_moment_of_a_native_call_ends_the_process_as_documented() throws Exception {
        Random moments = new Random(11);
        Map<Integer, Integer> codes = new TreeMap<>();
        for (int i = 0; i < STOPS; i++) {
            Process process = start("wait", 0);
            try (BufferedReader out = process.inputReader()) {
                assertEquals(READY, out.readLine());
                Thread.sleep(moments.nextInt(1000));
                process.toHandle().destroy(); // Process.destroy would close its output too
                assertEquals("hook", out.readLine());
            }
            codes.merge(process.waitFor(), 1, Integer::sum);
        }
        assertEquals(Map.of(143, STOPS), codes);
    }

    @ParameterizedTest
    @CsvSource({"exit, 3", "halt, 4", "return, 0", "throw, 1"})
    @Tag("long")
    void every_way_out_keeps_its_exit_code(String way, int code) throws Exception {
        for (long millis : new long[] {0, 1500}) {
            Process process = start(way, millis);
            try (BufferedReader out = process.inputReader()) {
                while (out.readLine() != null) {
                    // until it ends
                }
            }
            assertEquals(code, process.waitFor());
        }
    }

    private static Process start(String way, long millis) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElseThrow(), "-XX:ErrorFile=/dev/stderr"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), Busy.class.getName(), way, String.valueOf(millis)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
