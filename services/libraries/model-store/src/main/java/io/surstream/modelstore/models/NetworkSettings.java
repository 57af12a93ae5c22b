package io.surstream.modelstore.models;

import io.surstream.keys.WrongSettings;
import io.surstream.models.ModelException;
import io.surstream.models.ModelFolder;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.llama.TeacherFolder;
import io.surstream.storage.StorageException;
import io.surstream.storage.StoreSettings;
import io.surstream.torch.DTypePolicy;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.TorchRuntime;
import io.surstream.torch.TorchSettings;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.TorchException;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes what the settings of a service that runs networks ask for. What cannot be used stops the start: each method but
 * {@link #threads} throws {@code ConfigValidationException}, which names the setting, its value and what it must be. Thread-safe.
 */
public final class NetworkSettings {
    /** What most services must be given. */
    public static final String STABLE_DIFFUSION = "a whole Stable Diffusion model in diffusers layout";

    private final String prefix;
    private final StoreSettings account;

    /**
     * @param prefix of the settings, such as {@code surstream.encoder}
     * @param account for models in object storage
     */
    public NetworkSettings(String prefix, StoreSettings account) {
        this.prefix = prefix;
        this.account = account;
    }

    /** Of this whole process, before any network is loaded; with 0 each kind of call finds its own. */
    public static void threads(int threads) {
        if (threads > 0) {
            TorchRuntime.configure(TorchSettings.threads(threads));
        }
    }

    /** {@code auto}, {@code cpu} or {@code cuda}, if this machine has it. */
    public TorchDevice device(String value) {
        return WrongSettings.applying(
                prefix + ".device", "a device of this machine", value, TorchDevice::parse, TorchException.class);
    }

    /** A number format, or {@code auto}. */
    public DType dtype(String value, TorchDevice device) {
        return WrongSettings.applying(
                prefix + ".dtype",
                "a number format for " + device,
                value,
                text -> DTypePolicy.parse(text, device),
                TorchException.class);
    }

    /**
     * The result of a model's reference.
     *
     * @param expected what the model must be, in words
     * @param making finds and perhaps loads it, by {@link #folder} or {@link #teacherFolder}
     */
    public <T> T model(String reference, String expected, Function<String, T> making) {
        return WrongSettings.applying(
                prefix + ".model",
                expected,
                reference,
                making,
                ModelException.class,
                TorchException.class,
                StorageException.class,
                IllegalArgumentException.class);
    }

    /** On this machine; fetched where it lies elsewhere. To be called in {@link #model}. */
    public ModelFolder folder(String reference) {
        return ModelResolver.standard(Map.of()).resolve(local(reference));
    }

    /** The same for a language model. */
    public TeacherFolder teacherFolder(String reference) {
        return TeacherFolder.resolve(ModelResolver.standard(Map.of()), local(reference));
    }

    private String local(String reference) {
        return BucketModels.standard(account).local(reference);
    }
}
