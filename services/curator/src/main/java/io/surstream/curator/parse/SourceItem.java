package io.surstream.curator.parse;

import java.util.List;

/**
 * One image with its words, as its source tells.
 *
 * @param id the source's own name of the image
 * @param prompt the keyword prompt; empty where the source has none
 * @param negativePrompt may be empty
 * @param simplePrompt the plain sentence; empty where the source gives none
 * @param flags why it may be unsafe; empty where nothing was found
 */
public record SourceItem(
        String id, String prompt, String negativePrompt, String simplePrompt, ImageLocation image, List<String> flags) {

    public SourceItem {
        flags = List.copyOf(flags);
    }

    public SourceItem withFlags(List<String> all) {
        return new SourceItem(id, prompt, negativePrompt, simplePrompt, image, all);
    }
}
