package io.surstream.playgroundmodel;

import io.surstream.models.BundledModel;
import io.surstream.models.ModelFolderException;
import io.surstream.models.ModelLayout;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The bundled teacher {@code playground}: the resources in {@code io/surstream/playgroundmodel/teacher}. Thread-safe. */
public final class PlaygroundTeacher implements BundledModel {
    private final BundledFiles files;

    /** For the ServiceLoader. */
    public PlaygroundTeacher() {
        this("/io/surstream/playgroundmodel/teacher/");
    }

    PlaygroundTeacher(String root) {
        files = new BundledFiles(
                root, "playground teacher", "name the folder of a language model in transformers layout");
    }

    @Override
    public String name() {
        return "playground";
    }

    @Override
    public ModelLayout layout() {
        return ModelLayout.TRANSFORMERS;
    }

    /** @throws ModelFolderException if this build carries no teacher, or its list is unreadable */
    @Override
    public List<String> files() {
        return files.names();
    }

    @Override
    public InputStream open(String file) throws IOException {
        return files.open(file);
    }
}
