package io.surstream.torch;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exit of a process that uses libtorch. However a JVM ends, {@code Runtime.halt} included, it calls C's
 * {@code exit}, which runs the destructors of libtorch's static objects while threads still compute: a forward that
 * lasts longer crashes the process. So {@code _exit} is registered to be called with the exit code before these
 * destructors. Shutdown hooks have run by then, and the exit code stays what it was.
 */
final class NativeExit {
    private static final Logger LOG = LoggerFactory.getLogger(NativeExit.class);

    private static Function onExit;
    private static Function exitNow;

    private NativeExit() {}

    /** To be called once, when libtorch is loaded. */
    static synchronized void install() {
        try {
            NativeLibrary c = NativeLibrary.getProcess();
            exitNow = c.getFunction("_exit");
            onExit = c.getFunction("on_exit");
            Runtime.getRuntime().addShutdownHook(new Thread(NativeExit::renew, "native-exit"));
        } catch (IllegalStateException e) {
            LOG.debug("the process ends already", e);
        } catch (LinkageError e) {
            LOG.warn("this C library has no on_exit: a process that is stopped while a network computes may crash", e);
        }
        renew();
    }

    /**
     * Registers again. What is registered last is called first, and a static object made at its first use registers its
     * destructor then; so this follows each first use. One registration takes 32 bytes.
     */
    static synchronized void renew() {
        if (onExit != null) {
            onExit.invokeInt(new Object[] {exitNow, null});
        }
    }
}
