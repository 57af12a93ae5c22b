package io.surstream.encoder.model;

import io.surstream.encoder.adapter.Adapter;
import io.surstream.encoder.adapter.PromptEmbeds;
import io.surstream.encoder.config.EncoderConfig.AdapterOn;
import io.surstream.models.adapter.SurAdapter;
import io.surstream.models.pipeline.PromptEmbedder;
import io.surstream.torch.FloatTensor;
import io.surstream.torch.TorchDevice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A SUR-adapter from a checkpoint file. Its revision is the start of the file's SHA-256. Thread-safe. */
public final class SurTextAdapter implements Adapter, AutoCloseable {
    private static final int REVISION_LENGTH = 16;

    private final SurAdapter network;
    private final String revision;
    private final AdapterOn on;

    private SurTextAdapter(SurAdapter network, String revision, AdapterOn on) {
        this.network = network;
        this.revision = revision;
        this.on = on;
    }

    /**
     * @param weight λ; where empty, the file's metadata must have it
     * @param on which of the two embeddings are changed
     */
    public static SurTextAdapter load(Path file, OptionalDouble weight, AdapterOn on, TorchDevice device) {
        SurAdapter network = SurAdapter.load(file, weight, Optional.empty(), device);
        return new SurTextAdapter(network, revisionOf(file), on);
    }

    @Override
    public String revision() {
        return revision;
    }

    /** Of the states that it adapts. */
    public long width() {
        return network.width();
    }

    @Override
    public float defaultWeight() {
        return (float) network.config().adapterWeight();
    }

    /** Pair by pair: in the reference layout a row's result depends on the other rows of its call. */
    @Override
    public List<PromptEmbeds> adapt(List<PromptEmbeds> pairs, List<Float> weights) {
        List<PromptEmbeds> adapted = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            adapted.add(adapt(pairs.get(i), weights.get(i)));
        }
        return adapted;
    }

    private PromptEmbeds adapt(PromptEmbeds pair, float weight) {
        List<FloatTensor> adapted =
                PromptEmbedder.adapt(network, pair.negativePrompt(), pair.prompt(), weight, on == AdapterOn.BOTH);
        return new PromptEmbeds(adapted.get(1), adapted.get(0));
    }

    private static String revisionOf(Path file) {
        try (InputStream in = Files.newInputStream(file);
                DigestOutputStream out =
                        new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(out);
            return HexFormat.of().formatHex(out.getMessageDigest().digest()).substring(0, REVISION_LENGTH);
        } catch (IOException e) {
            throw new UncheckedIOException("adapter " + file + " cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
