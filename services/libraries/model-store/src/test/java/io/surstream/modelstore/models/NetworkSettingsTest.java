package io.surstream.modelstore.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import io.surstream.storage.StoreSettings;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class NetworkSettingsTest {
    @TempDir
    Path folder;

    private final NetworkSettings settings = new NetworkSettings(
            "surstream.kiln", StoreSettings.of(URI.create("http://127.0.0.1:9"), "a", "b", "surstream"));

    private static String refusal(Executable asking) {
        return assertThrows(ConfigValidationException.class, asking)
                .getProblem(0)
                .getMessage();
    }

    @Test
    void what_can_be_used_is_made() {
        assertEquals(TorchDevice.CPU, settings.device("cpu"));
        assertEquals(DType.BF16, settings.dtype("bf16", TorchDevice.CPU));
        assertEquals("playground", settings.folder("playground").name());
        assertEquals(8, settings.<Integer>model("fireclay", "clay", String::length));
    }

    @Test
    void a_device_a_number_format_and_a_model_that_cannot_be_used_are_wrong_settings() {
        String missing = folder.resolve("nowhere").toString();

        String device = refusal(() -> settings.device("abacus"));
        String dtype = refusal(() -> settings.dtype("fp7", TorchDevice.CPU));
        String model = refusal(() -> settings.model(missing, NetworkSettings.STABLE_DIFFUSION, settings::folder));

        assertTrue(device.startsWith("surstream.kiln.device must be a device of this machine but is abacus: "), device);
        assertTrue(dtype.startsWith("surstream.kiln.dtype must be a number format for cpu but is fp7: "), dtype);
        assertTrue(
                model.startsWith(
                        "surstream.kiln.model must be a whole Stable Diffusion model in diffusers layout but is "
                                + missing + ": "),
                model);
    }

    @Test
    void a_fault_that_is_not_the_settings_goes_on_as_it_is() {
        assertThrows(
                UnsupportedOperationException.class,
                () -> settings.model("any", "clay", reference -> {
                    throw new UnsupportedOperationException("a fault of ours");
                }));
    }
}
