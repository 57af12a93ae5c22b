package io.surstream.curator.select;

import io.surstream.contract.prompt.TextRules;
import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;

/** Drops items whose words the encoders could not take. Pure. */
public final class PromptStage {
    private final int longest;

    /** @param longest most characters (Unicode code points) of each prompt */
    public PromptStage(int longest) {
        this.longest = longest;
    }

    public FilterResult<SourceItem> check(SourceItem item) {
        if (item.prompt().isBlank()) {
            return FilterResult.rejected(Stage.PROMPT, "without-prompt");
        }
        for (String text : new String[] {item.prompt(), item.simplePrompt(), item.negativePrompt()}) {
            if (text.codePointCount(0, text.length()) > longest) {
                return FilterResult.rejected(Stage.PROMPT, "prompt-too-long");
            }
            if (TextRules.problem("prompt", text, longest).isPresent()) {
                return FilterResult.rejected(Stage.PROMPT, "prompt-not-text");
            }
        }
        return FilterResult.kept(item);
    }
}
