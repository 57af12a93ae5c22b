package io.surstream.playgroundmodel;

import io.surstream.models.BundledModel;
import io.surstream.models.ModelFolderException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The bundled base model {@code playground}: the resources in {@code io/surstream/playgroundmodel/model}. Thread-safe. */
public final class PlaygroundModel implements BundledModel {
    private final BundledFiles files;

    /** For the ServiceLoader. */
    public PlaygroundModel() {
        this("/io/surstream/playgroundmodel/model/");
    }

    PlaygroundModel(String root) {
        files = new BundledFiles(
                root, "playground model", "train one with './surstream playground train' or name a model folder");
    }

    @Override
    public String name() {
        return "playground";
    }

    /** @throws ModelFolderException if this build carries no model, or its list is unreadable */
    @Override
    public List<String> files() {
        return files.names();
    }

    @Override
    public InputStream open(String file) throws IOException {
        return files.open(file);
    }
}
