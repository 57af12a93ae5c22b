package io.surstream.sampler.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.contract.Sha256;
import io.surstream.modelstore.tensors.TensorReader;
import io.surstream.sampler.sample.Sampled.GeneratedImage;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoredObject;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.SampledImage;
import java.util.Optional;

/**
 * What a job's request leaves behind: its images {@code images/<job id>/<request>/<n>.png} and its one end,
 * {@code result.pb} beside them. Everything is written at most once, so that a request that is sampled twice has one
 * set of images and one end, and an end that must be repeated is repeated unchanged. Thread-safe.
 */
public final class JobStore implements AutoCloseable {
    private static final String PNG = "image/png";
    private static final String PROTOBUF = "application/protobuf";

    private final ObjectStore objects;

    /** Takes the store over; {@link #close} closes it. */
    public JobStore(ObjectStore objects) {
        this.objects = objects;
    }

    /** Makes the bucket when it is missing; throws when the store cannot be used. */
    public void open() {
        objects.ensureBucket();
    }

    /**
     * Reads what other services left in the same bucket for an event to refer to.
     *
     * @param cacheBytes most bytes of fetched content that are kept
     */
    public TensorReader tensors(long cacheBytes, MeterRegistry meters) {
        return new TensorReader(objects, cacheBytes, meters);
    }

    /** The end that was settled before, if there is one and its images are still there. */
    public Optional<ImageSampled> findResult(JobRequestId job) {
        return objects.find(job.result()).map(found -> readResult(job)).filter(this::isWhole);
    }

    /** An image of the job; the first one stored under its index stays. */
    public SampledImage keep(JobRequestId job, GeneratedImage image) {
        String key = job.image(image.index());
        return SampledImage.newBuilder()
                .setObject(create(key, image.png(), PNG) ? reference(key, image.png()) : reference(key))
                .setSeed(image.seed())
                .setHeight(image.height())
                .setWidth(image.width())
                .build();
    }

    /**
     * Makes {@code proposal} the end, unless there is one. An end whose images are gone gives way.
     *
     * @return the end from now on
     */
    public ImageSampled commitResult(JobRequestId job, ImageSampled proposal) {
        if (create(job.result(), proposal.toByteArray(), PROTOBUF)) {
            return proposal;
        }
        ImageSampled settled = readResult(job);
        if (isWhole(settled)) {
            return settled;
        }
        objects.put(job.result(), proposal.toByteArray(), PROTOBUF);
        return proposal;
    }

    /** Whether the store has the very images that the end names; retention or a purge may have taken them. */
    private boolean isWhole(ImageSampled end) {
        return end.getImages().getImagesList().stream()
                .map(SampledImage::getObject)
                .allMatch(named -> objects.find(named.getKey())
                        .filter(stored -> stored.sha256().orElse("").equals(named.getSha256()))
                        .isPresent());
    }

    @Override
    public void close() {
        objects.close();
    }

    private boolean create(String key, byte[] content, String contentType) {
        return objects.putIfAbsent(key, content, contentType);
    }

    private ObjectReference reference(String key, byte[] content) {
        return ObjectReference.newBuilder()
                .setBucket(objects.bucket())
                .setKey(key)
                .setSha256(Sha256.of(content))
                .setSize(content.length)
                .setContentType(PNG)
                .build();
    }

    private ObjectReference reference(String key) {
        StoredObject stored = objects.head(key);
        return ObjectReference.newBuilder()
                .setBucket(stored.bucket())
                .setKey(key)
                .setSha256(stored.sha256().orElse(""))
                .setSize(stored.size())
                .setContentType(stored.contentType())
                .build();
    }

    private ImageSampled readResult(JobRequestId job) {
        try {
            return ImageSampled.parseFrom(objects.get(job.result()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(job.result() + " is no ImageSampled; remove the object", e);
        }
    }
}
