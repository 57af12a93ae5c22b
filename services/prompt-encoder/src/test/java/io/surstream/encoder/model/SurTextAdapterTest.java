package io.surstream.encoder.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.surstream.encoder.adapter.PromptEmbeds;
import io.surstream.encoder.config.EncoderConfig.AdapterScope;
import io.surstream.testsupport.fixtures.Golden;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** On the golden adapter, whose file says nothing of its layout: it is run as the published code ran it. */
class SurTextAdapterTest {
    private static final Path FOLDER = Golden.folder("sur-adapter");
    private static final OptionalDouble WEIGHT = OptionalDouble.of(0.3);
    private static final float TOLERANCE = 2e-5f;

    @Test
    void onCondThePromptIsAdaptedAndTheNegativePromptIsNot() {
        FloatTensor prompt = golden("B1.x");
        FloatTensor negative = FloatTensor.zeros(prompt.shape());

        PromptEmbeds adapted = adapt("adapter.safetensors", AdapterScope.COND, new PromptEmbeds(prompt, negative));

        assertSame(negative, adapted.negativePrompt());
        assertArrayEquals(golden("reference.B1.out").data(), adapted.prompt().data(), TOLERANCE);
    }

    @Test
    void onBothThePairIsAdaptedTogether() {
        FloatTensor pair = golden("B2.x");

        PromptEmbeds adapted =
                adapt("adapter.safetensors", AdapterScope.BOTH, new PromptEmbeds(row(pair, 1), row(pair, 0)));

        FloatTensor expected = golden("reference.B2.out");
        assertArrayEquals(row(expected, 0).data(), adapted.negativePrompt().data(), TOLERANCE);
        assertArrayEquals(row(expected, 1).data(), adapted.prompt().data(), TOLERANCE);
    }

    @Test
    void aPublishedStateDictIsTheSameAdapterUnderAnotherRevision() {
        FloatTensor prompt = golden("B1.x");

        PromptEmbeds adapted = adapt("adapter.pt", AdapterScope.COND, new PromptEmbeds(prompt, prompt));

        assertArrayEquals(golden("reference.B1.out").data(), adapted.prompt().data(), TOLERANCE);
        try (SurTextAdapter one = load("adapter.pt", AdapterScope.COND);
                SurTextAdapter other = load("adapter.safetensors", AdapterScope.COND)) {
            assertEquals(16, one.revision().length());
            assertNotEquals(one.revision(), other.revision());
            assertEquals(0.3f, one.defaultWeight());
        }
    }

    @Test
    void weightZeroLeavesThePromptAsItIs() {
        FloatTensor prompt = golden("B1.x");
        try (SurTextAdapter adapter = load("adapter.safetensors", AdapterScope.COND)) {
            PromptEmbeds adapted = adapter.adapt(List.of(new PromptEmbeds(prompt, prompt)), List.of(0f))
                    .get(0);

            assertArrayEquals(prompt.data(), adapted.prompt().data());
        }
    }

    private static PromptEmbeds adapt(String file, AdapterScope on, PromptEmbeds pair) {
        try (SurTextAdapter adapter = load(file, on)) {
            return adapter.adapt(List.of(pair), List.of(adapter.defaultWeight()))
                    .get(0);
        }
    }

    private static SurTextAdapter load(String file, AdapterScope on) {
        return SurTextAdapter.load(FOLDER.resolve(file), WEIGHT, on, TorchDevice.CPU);
    }

    private static FloatTensor golden(String name) {
        try (Weights io = SafetensorsFile.open(FOLDER.resolve("io.safetensors"))) {
            return io.get(name).toFloat();
        }
    }

    /** [1,L,d] of [2,L,d]. */
    private static FloatTensor row(FloatTensor pair, int index) {
        int size = pair.data().length / 2;
        float[] data = Arrays.copyOfRange(pair.data(), index * size, (index + 1) * size);
        return FloatTensor.of(data, 1, pair.shape()[1], pair.shape()[2]);
    }
}
