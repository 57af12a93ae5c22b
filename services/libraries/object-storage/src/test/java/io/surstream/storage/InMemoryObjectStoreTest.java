package io.surstream.storage;

class InMemoryObjectStoreTest extends ObjectStoreContract {

    private final InMemoryObjectStore store = new InMemoryObjectStore("memory");

    @Override
    ObjectStore store() {
        return store;
    }

    @Override
    void putWithWrongDigest(String key) {
        store.putWithDigest(key, new byte[3], "0".repeat(64));
    }
}
