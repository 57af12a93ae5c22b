package io.surstream.torch.pickle;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The container around a state dict: its pickle, read, and the bytes of its storages. */
sealed interface TorchStorages extends AutoCloseable permits ZipStorages, LegacyStorages {
    /** Pickles hold names and shapes, never values, so a larger one is no state dict. */
    int MAX_PICKLE_BYTES = 16 << 20;

    /** The unpickled top-level value. */
    Object root();

    /** All bytes of a storage, little-endian, heap or mapped. */
    ByteBuffer read(PickledTensor.Storage storage) throws IOException;

    @Override
    void close();
}
