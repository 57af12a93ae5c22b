package io.surstream.teacher.embed;

import io.surstream.models.ModelException;
import io.surstream.models.llama.LlamaTeacher;
import io.surstream.models.llama.TeacherFolder;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one language model of this service: found when it is first asked about, loaded when it is first asked something.
 * What fails is tried again at the next question. Thread-safe.
 */
public final class TeacherSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TeacherSource.class);

    private final Supplier<TeacherFolder> finder;
    private final OptionalInt wantedLayer;
    private final BiFunction<TeacherFolder, Integer, LlamaTeacher> loader;
    private TeacherFolder folder;
    private LlamaTeacher teacher;

    /**
     * @param wantedLayer empty for the model's usual one
     * @param loader from a folder and the deepest layer that will be asked for
     */
    public TeacherSource(
            Supplier<TeacherFolder> finder,
            OptionalInt wantedLayer,
            BiFunction<TeacherFolder, Integer, LlamaTeacher> loader) {
        this.finder = finder;
        this.wantedLayer = wantedLayer;
        this.loader = loader;
    }

    /** @throws ModelException if there is no such model */
    public synchronized TeacherFolder folder() {
        if (folder == null) {
            folder = finder.get();
        }
        return folder;
    }

    /**
     * The default layer; also the deepest one that is loaded.
     *
     * @throws ModelException if there is no such model, or it has no such layer
     */
    public int layer() {
        TeacherFolder found = folder();
        int layer = wantedLayer.orElse(found.usualLayer());
        if (layer < 0 || layer > found.layers()) {
            throw new ModelException("surstream.teacher.layer must be 0.." + found.layers() + " for the teacher "
                    + found.name() + " but is " + layer);
        }
        return layer;
    }

    /** @throws ModelException if the model cannot be loaded */
    public synchronized LlamaTeacher teacher() {
        if (teacher == null) {
            long start = System.nanoTime();
            teacher = loader.apply(folder(), layer());
            LOG.info(
                    "teacher {} ({}), layer {} of {}, loaded in {} ms",
                    folder.name(),
                    folder.revision(),
                    layer(),
                    folder.layers(),
                    (System.nanoTime() - start) / 1_000_000);
        }
        return teacher;
    }

    @Override
    public synchronized void close() {
        if (teacher != null) {
            teacher.close();
        }
    }
}
