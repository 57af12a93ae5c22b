package io.surstream.torch;

/** Finds the sentence a person needs in what libtorch throws. */
final class ScriptErrors {
    private static final int LONGEST = 2000;

    private ScriptErrors() {}

    /** The message after the interpreter's trace, or the compiler's complaint with the line it is about. */
    static String reason(Throwable error) {
        String text = String.valueOf(error.getMessage()).strip();
        int nativeTrace = text.indexOf("\nException raised from ");
        if (nativeTrace >= 0) {
            text = text.substring(0, nativeTrace).strip();
        }
        int raised = Math.max(text.lastIndexOf("\nRuntimeError: "), text.lastIndexOf("\nAssertionError: "));
        if (raised >= 0) {
            text = text.substring(text.indexOf(": ", raised) + 2).strip();
        }
        if (text.startsWith("AssertionError: ")) {
            text = text.substring("AssertionError: ".length());
        }
        return text.length() > LONGEST ? text.substring(0, LONGEST) + " …" : text;
    }
}
