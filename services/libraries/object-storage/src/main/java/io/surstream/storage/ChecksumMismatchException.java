package io.surstream.storage;

/** The content that came is not the content that was written. */
public final class ChecksumMismatchException extends StorageException {
    private static final long serialVersionUID = 1L;

    public ChecksumMismatchException(String bucket, String key, String expected, String found) {
        super(
                "the content of s3://" + bucket + '/' + key + " must have SHA-256 " + expected + " but has " + found
                        + "; write it again",
                null);
    }
}
