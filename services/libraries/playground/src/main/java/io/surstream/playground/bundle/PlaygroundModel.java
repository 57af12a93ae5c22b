package io.surstream.playground.bundle;

import io.surstream.models.BundledModel;
import io.surstream.models.ModelFolderException;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The bundled model {@code playground}: the resources beside {@code io/surstream/playground/model/SHA256SUMS}, from a
 * jar or from exploded classes alike. Every file is checked against the list each time it is opened. Thread-safe.
 */
public final class PlaygroundModel implements BundledModel {
    private final String root;

    /** For the ServiceLoader. */
    public PlaygroundModel() {
        this("/io/surstream/playground/model/");
    }

    PlaygroundModel(String root) {
        this.root = root;
    }

    @Override
    public String name() {
        return "playground";
    }

    /** @throws ModelFolderException if this build carries no model, or its list is unreadable */
    @Override
    public List<String> files() {
        try {
            return List.copyOf(index().digests().keySet());
        } catch (IOException e) {
            throw new ModelFolderException("bundled model playground cannot be listed: " + e.getMessage(), e);
        }
    }

    /** @throws IOException if the file is missing or is not what the list says */
    @Override
    public InputStream open(String file) throws IOException {
        try (InputStream in = PlaygroundModel.class.getResourceAsStream(root + file)) {
            if (in == null) {
                throw new FileNotFoundException("resource " + root + file + " is missing");
            }
            return new ByteArrayInputStream(index().verified(file, in.readAllBytes()));
        }
    }

    private BundleIndex index() throws IOException {
        try (InputStream in = PlaygroundModel.class.getResourceAsStream(root + BundleIndex.FILE)) {
            if (in == null) {
                throw new ModelFolderException("this build has no bundled playground model (resource " + root
                        + BundleIndex.FILE
                        + " is missing); train one with './surstream playground train' or name a model"
                        + " folder");
            }
            return BundleIndex.read(in);
        }
    }
}
