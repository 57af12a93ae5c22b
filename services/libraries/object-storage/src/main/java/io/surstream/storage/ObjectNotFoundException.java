package io.surstream.storage;

/** There is no such object, or no such bucket. */
public final class ObjectNotFoundException extends StorageException {
    private static final long serialVersionUID = 1L;

    public ObjectNotFoundException(String bucket, String key) {
        super("there is no object s3://" + bucket + '/' + key, null);
    }
}
