package io.surstream.platformsetup.store;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.minio.BucketExistsArgs;
import io.minio.GetBucketLifecycleArgs;
import io.minio.GetBucketPolicyArgs;
import io.minio.GetBucketVersioningArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.SetBucketLifecycleArgs;
import io.minio.SetBucketVersioningArgs;
import io.minio.errors.MinioException;
import io.minio.messages.LifecycleConfiguration;
import io.minio.messages.VersioningConfiguration;
import io.surstream.platformsetup.SetupStep;
import io.surstream.platformsetup.UnsupportedStepException;
import io.surstream.storage.MinioConnection;
import io.surstream.storage.ObjectNotFoundException;
import io.surstream.storage.S3Call;
import io.surstream.storage.StoreMeters;
import io.surstream.storage.StoreOperation;
import io.surstream.storage.StoreRefusedException;
import io.surstream.storage.StoreSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the bucket should be in production: there, versioned, with rules that remove what nobody needs, and open to nobody who has not
 * signed in. A store that cannot have one of these, as the embedded one, says so at that step. Closes its connection.
 */
public final class BucketSetup implements AutoCloseable {
    private static final String UNSUPPORTED = "not supported by this store";

    private final String bucket;
    private final MinioClient client;
    private final S3Call call;
    private final LifecycleRules rules;

    /** @param imageDays after which images are removed; empty: never */
    public BucketSetup(StoreSettings settings, OptionalInt imageDays) {
        this.rules = new LifecycleRules(imageDays);
        this.bucket = settings.bucket();
        this.client = MinioConnection.open(settings);
        this.call = new S3Call(settings, new StoreMeters(new CompositeMeterRegistry()));
    }

    /** Looks at the bucket and changes nothing. As long as there is none, that is the only step. */
    public List<SetupStep> steps() {
        String object = "bucket " + bucket;
        boolean present = call.send(
                StoreOperation.FIND_BUCKET,
                "",
                () -> client.bucketExists(
                        BucketExistsArgs.builder().bucket(bucket).build()));
        if (!present) {
            return List.of(SetupStep.missing(
                    object, "private; then versioning and lifecycle rules, if the store supports them", this::make));
        }
        SetupStep lifecycle = lifecycle(object);
        // The embedded store says that versioning is off, and refuses to switch it on.
        SetupStep versioning = lifecycle.state() == SetupStep.State.UNSUPPORTED
                ? SetupStep.unsupported("versioning of " + object, UNSUPPORTED)
                : versioning(object);
        return List.of(SetupStep.present(object), versioning, lifecycle, policy(object));
    }

    private void make() {
        change(() -> client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build()));
    }

    private SetupStep versioning(String object) {
        String name = "versioning of " + object;
        return look(name, () -> {
            VersioningConfiguration.Status status = client.getBucketVersioning(
                            GetBucketVersioningArgs.builder().bucket(bucket).build())
                    .status();
            return status == VersioningConfiguration.Status.ENABLED
                    ? SetupStep.present(name)
                    : SetupStep.different(name, "is " + status.name() + ", becomes ENABLED", this::enableVersioning);
        });
    }

    private void enableVersioning() {
        VersioningConfiguration enabled =
                new VersioningConfiguration(VersioningConfiguration.Status.ENABLED, null, null, null);
        change(() -> client.setBucketVersioning(
                SetBucketVersioningArgs.builder().bucket(bucket).config(enabled).build()));
    }

    private SetupStep lifecycle(String object) {
        String name = "lifecycle of " + object;
        return look(name, () -> {
            LifecycleConfiguration found = client.getBucketLifecycle(
                    GetBucketLifecycleArgs.builder().bucket(bucket).build());
            List<LifecycleConfiguration.Rule> present =
                    found == null || found.rules() == null ? List.of() : found.rules();
            return rules.areIn(present)
                    ? SetupStep.present(name)
                    : SetupStep.different(name, rules.words(), () -> setRules(rules.addedTo(present)));
        });
    }

    private void setRules(List<LifecycleConfiguration.Rule> rules) {
        change(() -> client.setBucketLifecycle(SetBucketLifecycleArgs.builder()
                .bucket(bucket)
                .config(new LifecycleConfiguration(new ArrayList<>(rules)))
                .build()));
    }

    private SetupStep policy(String object) {
        String name = "policy of " + object;
        return look(name, () -> {
            String found = client.getBucketPolicy(
                    GetBucketPolicyArgs.builder().bucket(bucket).build());
            return found == null || found.isBlank()
                    ? SetupStep.present(name)
                    : SetupStep.left(name, "there is one, and the services need none: see that it lets no stranger in");
        });
    }

    private SetupStep look(String object, S3Call.Request<SetupStep> look) {
        try {
            return call.send(StoreOperation.LOOK_AT_BUCKET, "", look);
        } catch (ObjectNotFoundException e) {
            // The bucket is there: it is the question that the store does not know.
            return SetupStep.unsupported(object, UNSUPPORTED);
        } catch (StoreRefusedException e) {
            if (S3Call.isUnknownToStore(e)) {
                return SetupStep.unsupported(object, UNSUPPORTED);
            }
            throw e;
        }
    }

    /** A change without an answer. */
    private interface Change {
        void send() throws MinioException;
    }

    private void change(Change change) {
        try {
            call.send(StoreOperation.SET_UP_BUCKET, "", () -> {
                change.send();
                return null;
            });
        } catch (StoreRefusedException e) {
            if (S3Call.isUnknownToStore(e)) {
                throw new UnsupportedStepException(UNSUPPORTED, e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 client did not close: " + e.getMessage(), e);
        }
    }
}
