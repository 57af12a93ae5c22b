package io.surstream.models.unet;

import io.surstream.models.ConfigFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Transformer blocks in each attention layer. A config says it as one number, as one for each level, or as one for each
 * layer of a level; the last needs {@code reverse_transformer_layers_per_block} for the up blocks, which have a layer more.
 *
 * @param down per down block, largest resolution first, per layer
 * @param mid of the one attention layer of the mid block
 * @param up per up block, smallest resolution first, per layer
 */
public record TransformerDepths(List<List<Integer>> down, int mid, List<List<Integer>> up) {
    private static final String DOWN = "transformer_layers_per_block";
    private static final String UP = "reverse_transformer_layers_per_block";

    /** @param layers resnets of each down block */
    static TransformerDepths from(ConfigFile config, List<Integer> layers) {
        List<Integer> upwards = new ArrayList<>(layers.stream().map(n -> n + 1).toList());
        Collections.reverse(upwards);
        List<List<Integer>> down = config.depthsOfLayers(DOWN, layers, 1);
        int mid = down.get(down.size() - 1).get(0);
        if (config.has(UP)) {
            return new TransformerDepths(down, mid, config.depthsOfLayers(UP, upwards, 1));
        }
        if (config.hasListInList(DOWN)) {
            throw config.refusal(UP, "a list for the up blocks, as " + DOWN + " has lists for the down blocks");
        }
        List<List<Integer>> up = new ArrayList<>();
        for (int i = 0; i < upwards.size(); i++) {
            up.add(Collections.nCopies(
                    upwards.get(i), down.get(upwards.size() - 1 - i).get(0)));
        }
        return new TransformerDepths(down, mid, List.copyOf(up));
    }
}
