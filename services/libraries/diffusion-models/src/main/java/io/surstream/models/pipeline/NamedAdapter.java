package io.surstream.models.pipeline;

import io.surstream.models.ModelRevision;
import io.surstream.models.adapter.SurAdapter;
import io.surstream.torch.TorchDevice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A SUR-adapter under the name that encoders give it. As thread-safe as its network, which it owns.
 *
 * @param revision as {@link ModelRevision#ofAdapter} says
 */
public record NamedAdapter(String revision, SurAdapter network) implements AutoCloseable {

    /** As {@link SurAdapter#load(Path, OptionalDouble, Optional, TorchDevice)}, in the layout that the file names. */
    public static NamedAdapter load(Path file, OptionalDouble weight, TorchDevice device) {
        return new NamedAdapter(ModelRevision.ofAdapter(file), SurAdapter.load(file, weight, Optional.empty(), device));
    }

    ImageParameters.Adapter parameters() {
        return new ImageParameters.Adapter(revision, (float) network.config().adapterWeight());
    }

    @Override
    public void close() {
        network.close();
    }
}
