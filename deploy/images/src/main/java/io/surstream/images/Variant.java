package io.surstream.images;

/** Which libtorch an image carries. */
public enum Variant {
    /** From Maven Central, with the services. */
    CPU("cpu", ""),
    /** CUDA 12.8's, which Maven Central does not have: it comes from a folder. */
    CUDA("cu128", "-cuda");

    private final String flavor;
    private final String tagSuffix;

    Variant(String flavor, String tagSuffix) {
        this.flavor = flavor;
        this.tagSuffix = tagSuffix;
    }

    /** As DJL names it. */
    public String flavor() {
        return flavor;
    }

    /** Put behind an image's tag. */
    public String tagSuffix() {
        return tagSuffix;
    }
}
