package io.surstream.it.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list of expressions to avoid, each with better ones.
 *
 * @param rules in the order of the list
 */
record PlainEnglish(List<Rule> rules) {
    private static final String ARROW = " => ";

    /**
     * @param pattern matches whole words, in any case
     * @param better what to write instead
     */
    record Rule(Pattern pattern, String better) {}

    /**
     * An expression to avoid.
     *
     * @param line from 1
     */
    record Finding(int line, String expression, String better) {
        String at(String file) {
            return file + ":" + line + ": \"" + expression + "\", better: " + better;
        }
    }

    /**
     * Reads lines such as {@code anew|afresh => again}; lines with a hash and empty ones do not count.
     *
     * @throws IllegalArgumentException for a line without an arrow
     */
    static PlainEnglish parse(String list) {
        return new PlainEnglish(list.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(PlainEnglish::rule)
                .toList());
    }

    private static Rule rule(String line) {
        String[] sides = line.split(ARROW, 2);
        if (sides.length < 2) {
            throw new IllegalArgumentException("no \"" + ARROW.strip() + "\" in: " + line);
        }
        String words = sides[0].replace(" ", "\\s+");
        return new Rule(
                Pattern.compile("(?<![\\w-])(?:" + words + ")(?![\\w-])", Pattern.CASE_INSENSITIVE), sides[1].strip());
    }

    /** @param prose with its line breaks, and with blanks instead of everything that is not prose */
    List<Finding> findings(String prose) {
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : rules) {
            Matcher matcher = rule.pattern().matcher(prose);
            while (matcher.find()) {
                int line = (int) prose.substring(0, matcher.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count()
                        + 1;
                String expression = matcher.group().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
                findings.add(new Finding(line, expression, rule.better()));
            }
        }
        return findings;
    }
}
