package io.surstream.encoder.adapters;

import io.surstream.encoder.encode.FakeAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hands out fakes, remembers what was freed, and fails as it is told. */
final class FakeFetch implements AdapterFetch {
    final List<String> fetched = new CopyOnWriteArrayList<>();
    final List<String> freed = new CopyOnWriteArrayList<>();
    final Map<String, RuntimeException> failing = new ConcurrentHashMap<>();

    @Override
    public Loaded fetch(AdapterOrigin origin) {
        fetched.add(origin.revision());
        RuntimeException failure = failing.get(origin.revision());
        if (failure != null) {
            throw failure;
        }
        return new Loaded(new FakeAdapter(origin.revision(), 0.5f), () -> freed.add(origin.revision()));
    }

    static AdapterOrigin origin(String revision) {
        return new AdapterOrigin(revision, io.surstream.v1.ObjectReference.getDefaultInstance(), 0, "");
    }

    List<String> freed() {
        return new ArrayList<>(freed);
    }
}
