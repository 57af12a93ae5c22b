package io.surstream.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

class WholeObjectsTest {
    private static final String BUCKET = "bucket";

    @TempDir
    Path folder;

    private BlobStore inner;
    private BlobStore store;

    @BeforeEach
    void makeABucket() {
        inner = new FilesystemNio2BlobStore(folder.toString());
        store = new WholeObjects(inner);
        store.createContainer(BUCKET);
    }

    @Test
    void an_object_is_listed_when_it_is_whole() {
        // given somebody who lists while an object is being written
        List<String> meanwhile = new ArrayList<>();
        List<String> without = new ArrayList<>();
        // when
        put("claims/1.json", () -> {
            meanwhile.addAll(keys(store));
            without.addAll(keys(inner));
        });
        // then
        assertEquals(1, without.size(), "S3Proxy lists what is half-written: " + without);
        assertEquals(List.of(), meanwhile);
        assertEquals(List.of("claims/1.json"), keys(store));
    }

    @Test
    void names_that_end_with_a_uuid_are_names_like_others() {
        // given
        String run = "open/run-" + UUID.randomUUID();
        put(run, () -> {});
        List<String> meanwhile = new ArrayList<>();
        // when
        put("open/other", () -> meanwhile.addAll(keys(store)));
        // then
        assertEquals(List.of(run), meanwhile);
        assertEquals(List.of("open/other", run), keys(store));
    }

    @Test
    @SuppressWarnings("try")
    void the_lock_of_the_folder_is_no_bucket() throws Exception {
        try (FolderLock lock = FolderLock.take(folder)) {
            assertEquals(
                    List.of(BUCKET),
                    store.list().buckets().stream().map(Bucket::name).toList());
        }
    }

    private void put(String key, Runnable halfway) {
        byte[] content = {1, 2};
        InputStream slow = new ByteArrayInputStream(content) {
            private boolean asked;

            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                if (!asked) {
                    asked = true;
                    halfway.run();
                }
                return super.read(into, offset, length);
            }
        };
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(BUCKET)
                .key(key)
                .contentLength((long) content.length)
                .build();
        store.putBlob(request, slow);
    }

    private static List<String> keys(BlobStore store) {
        return store
                .list(ListObjectsV2Request.builder().bucket(BUCKET).maxKeys(100).build())
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }
}
