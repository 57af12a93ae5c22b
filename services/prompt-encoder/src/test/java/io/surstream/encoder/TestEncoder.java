package io.surstream.encoder;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.encoder.EncoderAssembly.BaseModel;
import io.surstream.encoder.adapters.AdapterShelf;
import io.surstream.encoder.adapters.PromotedAdapters;
import io.surstream.encoder.config.EncoderConfig;
import io.surstream.storage.StorageConfig;

/** The service's parts as the container puts them together. */
record TestEncoder(PromptEncoding encoding, PromotedAdapters promoted, SimpleMeterRegistry meters) {
    static TestEncoder of(EncoderConfig config, StorageConfig storage) {
        EncoderAssembly assembly = new EncoderAssembly();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        BaseModel model = assembly.model(config, storage);
        AdapterShelf shelf = assembly.shelf(model, config, storage);
        return new TestEncoder(
                assembly.encoding(model, shelf, config, meters), assembly.promoted(shelf, meters), meters);
    }
}
