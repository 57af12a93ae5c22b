package io.surstream.models.hub;

import io.surstream.models.ModelFolderException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository of the Hugging Face Hub at a revision.
 *
 * @param repository {@code owner/name}
 * @param revision branch, tag or commit
 */
record HuggingFaceReference(String repository, String revision) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,95}";
    private static final Pattern FORM =
            Pattern.compile("hf://(" + NAME + "/" + NAME + ")(?:@([A-Za-z0-9][A-Za-z0-9._/-]{0,127}))?");

    static HuggingFaceReference parse(String reference) {
        Matcher form = FORM.matcher(reference);
        if (!form.matches() || reference.contains("..")) {
            throw new ModelFolderException(
                    "model reference must be hf://owner/name or hf://owner/name@revision but is " + reference);
        }
        return new HuggingFaceReference(form.group(1), form.group(2) == null ? "main" : form.group(2));
    }

    boolean namesCommit() {
        return revision.matches("[0-9a-f]{40}");
    }

    /** The folder of this repository in the Hub's cache. */
    String cacheName() {
        return "models--" + repository.replace("/", "--");
    }
}
