package io.surstream.embedded;

import java.io.InputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists whole objects only. S3Proxy writes an object beside its place, under its name with a UUID behind it, and lists that too; here a
 * listing leaves out such names of objects that were being written while it was made. Thread-safe.
 */
final class WholeObjects extends ForwardingBlobStore {
    private static final Pattern PARTIAL = Pattern.compile("(.*)-\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** How often each object is being written right now, by bucket and key. */
    private final Map<String, Integer> writing = new HashMap<>();
    /** For each listing under way, what has been written since it began. */
    private final Set<Set<String>> listings = Collections.newSetFromMap(new IdentityHashMap<>());

    WholeObjects(BlobStore store) {
        super(store);
    }

    /** The lock of the store's folder is no bucket. */
    @Override
    public ListBucketsResponse list() {
        ListBucketsResponse found = super.list();
        return found.toBuilder()
                .buckets(found.buckets().stream()
                        .filter(bucket -> !bucket.name().equals(FolderLock.FILE))
                        .toList())
                .build();
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        return writing(name(request.bucket(), request.key()), () -> super.putBlob(request, content));
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        return writing(name(request.destinationBucket(), request.destinationKey()), () -> super.copyBlob(request));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        return writing(name(request.bucket(), request.key()), () -> super.completeMultipartUpload(upload, request));
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        Set<String> written = listingBegins();
        ListObjectsV2Response found;
        try {
            found = super.list(request);
        } finally {
            listingEnds(written);
        }
        List<S3Object> whole = found.contents().stream()
                .filter(object -> !isPartial(request.bucket(), object.key(), written))
                .toList();
        return found.toBuilder().contents(whole).build();
    }

    private static boolean isPartial(String bucket, String key, Set<String> written) {
        Matcher partial = PARTIAL.matcher(key);
        return partial.matches() && written.contains(name(bucket, partial.group(1)));
    }

    private <T> T writing(String name, Supplier<T> work) {
        writingBegins(name);
        try {
            return work.get();
        } finally {
            writingEnds(name);
        }
    }

    private synchronized void writingBegins(String name) {
        writing.merge(name, 1, Integer::sum);
        listings.forEach(listing -> listing.add(name));
    }

    private synchronized void writingEnds(String name) {
        writing.computeIfPresent(name, (key, times) -> times == 1 ? null : times - 1);
    }

    private synchronized Set<String> listingBegins() {
        Set<String> written = new HashSet<>(writing.keySet());
        listings.add(written);
        return written;
    }

    private synchronized void listingEnds(Set<String> written) {
        listings.remove(written);
    }

    private static String name(String bucket, String key) {
        return bucket + '/' + key;
    }
}
