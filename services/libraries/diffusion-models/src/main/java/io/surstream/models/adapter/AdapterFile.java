package io.surstream.models.adapter;

import io.surstream.models.ModelException;
import io.surstream.torch.SafetensorsFile;
import io.surstream.torch.Weights;
import java.nio.file.Path;

/** Opens the file kinds in which adapters are kept. */
final class AdapterFile {
    private AdapterFile() {}

    static Weights open(Path file) {
        String name = file.getFileName().toString();
        if (name.endsWith(".safetensors")) {
            return SafetensorsFile.open(file);
        }
        throw new ModelException(file + " is no adapter file; supported: .safetensors");
    }
}
