package io.surstream.it.docs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The prose of a file: the same text, in which blanks replace code, addresses and markup. Line breaks stay, so a place in the
 * prose has the line number of the file.
 */
final class Prose {
    private static final Pattern MARKDOWN_CODE = Pattern.compile(
            "(?ms)^( *)```.*?^\\1```|<!--.*?-->|(?<=\\n\\n)(?: {4}[^\\n]*\\n)+|`[^`\\n]*`|\\]\\([^)\\s]*\\)|https?://\\S+");
    private static final Pattern JAVA_TEXT = Pattern.compile(
            "(?s)\"\"\".*?(?<!\\\\)\"\"\"" // text block
                    + "|\"(?:\\\\.|[^\"\\\\\\n])*\"" // string
                    + "|'(?:\\\\.|[^'\\\\])'" // character
                    + "|/\\*.*?\\*/|//[^\\n]*"); // comments
    private static final Pattern JAVADOC_CODE = Pattern.compile(
            "(?s)\\{@\\w+[^}]*}|@(?:param|see|throws|since|author)\\s+\\S+|<pre>.*?</pre>|https?://\\S+");
    private static final Pattern LEADING_STAR = Pattern.compile("(?m)^\\s*\\*|/\\*+|\\*/|//");
    private static final Pattern SENTENCE = Pattern.compile("[A-Za-z]{2,}[,;:]? [A-Za-z]");
    private static final Pattern NO_COMMENT = Pattern.compile("(?m)^(?:[^#\\n]|(?<=\\S)#)+");
    private static final Pattern PROPERTY_KEY = Pattern.compile("(?m)^[^#\\n=]*=");

    private Prose() {}

    static String ofMarkdown(String page) {
        return without(MARKDOWN_CODE, page);
    }

    /** Comments, and strings of several words; protobuf files have the same syntax. */
    static String ofJava(String source) {
        StringBuilder prose = new StringBuilder(blank(source));
        Matcher matcher = JAVA_TEXT.matcher(source);
        while (matcher.find()) {
            String text = matcher.group();
            boolean comment = text.startsWith("/");
            if (comment || text.startsWith("\"") && SENTENCE.matcher(text).find()) {
                prose.replace(matcher.start(), matcher.end(), comment ? comment(text) : text.replace('"', ' '));
            }
        }
        return prose.toString();
    }

    static String ofProperties(String file) {
        return without(PROPERTY_KEY, file);
    }

    /** Comments of YAML files and scripts. */
    static String ofComments(String file) {
        return without(NO_COMMENT, file);
    }

    private static String comment(String text) {
        return without(LEADING_STAR, without(JAVADOC_CODE, text));
    }

    private static String without(Pattern code, String text) {
        return code.matcher(text).replaceAll(found -> blank(found.group()));
    }

    private static String blank(String text) {
        return text.replaceAll("[^\\n]", " ");
    }
}
