package io.surstream.gateway.problem;

/**
 * One thing wrong with a request.
 *
 * @param type stable kind, upper snake case, e.g. INVALID_ARGUMENT, UNKNOWN_FIELD
 * @param field path of the offending field; "body" when the whole body is to blame
 * @param value the offending value, shortened to {@value #SHOWN} characters
 * @param limit what is allowed, in words
 * @param message one sentence: object, value, limit and what to do
 */
public record Violation(String type, String field, String value, String limit, String message) {

    private static final int SHOWN = 200;

    public static Violation invalid(String field, Object value, String limit) {
        String shown = shorten(String.valueOf(value));
        return new Violation(
                "INVALID_ARGUMENT", field, shown, limit, "%s must be %s but is %s".formatted(field, limit, shown));
    }

    /** @return at most 200 characters of the value, safe to print: what cannot be encoded or seen is written as its code */
    public static String shorten(String value) {
        StringBuilder shown = new StringBuilder();
        int[] codePoints = value.codePoints().limit(SHOWN + 1L).toArray();
        for (int i = 0; i < Math.min(SHOWN, codePoints.length); i++) {
            int c = codePoints[i];
            boolean printable = !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
            shown.append(printable ? Character.toString(c) : "\\u%04x".formatted(c));
        }
        return codePoints.length > SHOWN
                ? shown + "… (%,d characters)".formatted(value.codePointCount(0, value.length()))
                : shown.toString();
    }
}
