package io.surstream.curator.select;

import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.Outcome;
import io.surstream.curator.report.Stage;

/** Drops items whose words the encoders could not take. Pure. */
public final class PromptStage {
    private final int longest;

    /** @param longest most characters of each prompt */
    public PromptStage(int longest) {
        this.longest = longest;
    }

    public Outcome<SourceItem> check(SourceItem item) {
        if (item.prompt().isBlank()) {
            return Outcome.dropped(Stage.PROMPT, "without-prompt");
        }
        for (String text : new String[] {item.prompt(), item.simplePrompt(), item.negativePrompt()}) {
            if (text.length() > longest) {
                return Outcome.dropped(Stage.PROMPT, "prompt-too-long");
            }
            if (!isText(text)) {
                return Outcome.dropped(Stage.PROMPT, "prompt-not-text");
            }
        }
        return Outcome.kept(item);
    }

    /** Well-formed Unicode without control characters other than tab and line end. */
    private static boolean isText(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean control = Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';
            if (control || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return false;
            }
        }
        return true;
    }
}
