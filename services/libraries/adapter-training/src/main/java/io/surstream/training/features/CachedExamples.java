package io.surstream.training.features;

import io.surstream.torch.FloatTensor;
import io.surstream.training.examples.ExampleSet;
import io.surstream.training.examples.TrainingExample;
import java.util.List;
import java.util.Optional;

/** Examples whose frozen features are read from the cache at each use; teachers' vectors stay in memory. */
public final class CachedExamples implements ExampleSet {
    private final FeatureCache cache;
    private final List<Row> rows;
    private final String digest;

    /** @param teacher [W] */
    public record Row(FeatureKeys keys, Optional<FloatTensor> teacher) {}

    public CachedExamples(FeatureCache cache, List<Row> rows) {
        this.cache = cache;
        this.rows = List.copyOf(rows);
        Hash hash = new Hash();
        for (Row row : rows) {
            hash.text(row.keys().simplePrompt()).text(row.keys().complexPrompt());
            row.keys().picture().ifPresent(hash::text);
        }
        digest = hash.hex();
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public TrainingExample get(int index) {
        Row row = rows.get(index);
        return cache.load(row.keys(), row.teacher());
    }

    @Override
    public String digest() {
        return digest;
    }
}
