package io.surstream.images;

/**
 * The base of an image: a JRE, glibc 2.29 or newer, libstdc++ and CA certificates, no more.
 *
 * @param reference name with its digest, or {@code scratch} for images that are only looked at
 * @param java feature version of its JRE
 */
public record BaseImage(String reference, int java) {
    /** Debian 12 with OpenJDK 17, which the tests run on; no shell, no package manager. */
    public static final BaseImage DEFAULT = new BaseImage(
            "gcr.io/distroless/java17-debian12:nonroot"
                    + "@sha256:06484c2a9dcc9070aeafbc0fe752cb9f73bc0cea5c311f6a516e9010061998ad",
            17);

    static final String SCRATCH = "scratch";

    public BaseImage {
        if (!reference.equals(SCRATCH) && !reference.matches(".+@sha256:[0-9a-f]{64}")) {
            throw new IllegalArgumentException("the base image must be named with its digest (name@sha256:…) but is \""
                    + reference + "\"; a tag alone would not give the same image twice");
        }
        if (java < 17) {
            throw new IllegalArgumentException("the base image must have Java 17 or newer but has " + java);
        }
    }
}
