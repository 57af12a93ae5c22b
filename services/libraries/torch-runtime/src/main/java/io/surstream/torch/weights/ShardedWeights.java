package io.surstream.torch.weights;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A checkpoint in several mapped safetensors files, named by an index. */
public final class ShardedWeights implements Weights {
    private final Path index;
    private final Map<String, String> shardOf;
    private final Map<String, SafetensorsFile> shards;

    private ShardedWeights(Path index, Map<String, String> shardOf, Map<String, SafetensorsFile> shards) {
        this.index = index;
        this.shardOf = shardOf;
        this.shards = shards;
    }

    public static ShardedWeights open(Path index) {
        Map<String, String> shardOf = ShardIndex.read(index).shards();
        Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
        shardOf.forEach((tensor, shard) -> {
            SafetensorsFile file = shards.computeIfAbsent(shard, s -> SafetensorsFile.open(index.resolveSibling(s)));
            if (!file.names().contains(tensor)) {
                throw new SafetensorsException(
                        index, "says tensor '" + tensor + "' is in " + shard + ", which lacks it");
            }
        });
        return new ShardedWeights(index, shardOf, shards);
    }

    @Override
    public Set<String> names() {
        return shardOf.keySet();
    }

    @Override
    public WeightTensor get(String name) {
        return shards.get(MissingTensor.require(shardOf, name, index)).get(name);
    }

    /** Entries of all shards; the first shard that has a key decides. */
    @Override
    public Map<String, String> metadata() {
        Map<String, String> all = new LinkedHashMap<>();
        shards.values().forEach(shard -> shard.metadata().forEach(all::putIfAbsent));
        return all;
    }

    @Override
    public void close() {
        shards.values().forEach(SafetensorsFile::close);
    }
}
