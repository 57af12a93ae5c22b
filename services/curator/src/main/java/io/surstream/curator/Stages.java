package io.surstream.curator;

import io.surstream.curator.inspect.ImageInspector;
import io.surstream.curator.publish.ImageStore;
import io.surstream.curator.select.PromptStage;
import io.surstream.curator.select.SafetyStage;
import io.surstream.curator.text.CaptionStage;
import io.surstream.curator.text.SimilarityStage;

/**
 * The stages that every import goes through, without state of a single import. Thread-safe.
 *
 * @param recipe everything in the settings that a verdict on an item's image depends on: under another recipe an item
 *     is judged again
 */
public record Stages(
        PromptStage prompts,
        SafetyStage safety,
        ImageInspector inspector,
        CaptionStage captions,
        SimilarityStage similarity,
        ImageStore images,
        String recipe) {}
