package io.surstream.trainer.model;

import io.surstream.torch.tensor.FloatTensor;
import io.surstream.trainer.assemble.TeacherVectors;
import io.surstream.training.examples.ExampleSet;
import io.surstream.training.examples.TrainingExample;
import io.surstream.training.features.FeatureCache;
import io.surstream.training.features.FeatureKeys;
import java.util.List;

/** A run's examples, read from disk at each use: neither features nor vectors of a large dataset fit into memory. */
final class StoredExamples implements ExampleSet {
    private final FeatureCache cache;
    private final TeacherVectors vectors;
    private final List<Row> rows;
    private final String digest;

    /** One example. */
    record Row(FeatureKeys keys, String simplePrompt) {}

    /** @param digest of the examples' ids and the teacher */
    StoredExamples(FeatureCache cache, TeacherVectors vectors, List<Row> rows, String digest) {
        this.cache = cache;
        this.vectors = vectors;
        this.rows = List.copyOf(rows);
        this.digest = digest;
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public TrainingExample get(int index) {
        Row row = rows.get(index);
        return cache.load(
                row.keys(), vectors.find(row.simplePrompt()).map(vector -> FloatTensor.of(vector, vector.length)));
    }

    @Override
    public String digest() {
        return digest;
    }
}
