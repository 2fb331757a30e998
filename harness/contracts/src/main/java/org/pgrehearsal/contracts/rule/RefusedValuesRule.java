package org.pgrehearsal.contracts.rule;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pgrehearsal.contracts.tree.Charts;
import org.pgrehearsal.contracts.tree.Helm;
import org.pgrehearsal.contracts.tree.World;

/**
 * Values that make no sense are refused, with the sentence that the first line of the file promises: {@code # a part of the message}. Each file
 * holds what differs from the defaults.
 */
record RefusedValuesRule() implements Rule {
    private static final int SHORTEST = 10;

    @Override
    public String name() {
        return "refused-values";
    }

    @Override
    public List<String> reads() {
        return List.of("charts");
    }

    @Override
    public void check(World world, Report report) {
        for (Charts.Case refusal : world.charts().refusals()) {
            report.looked();
            Optional<String> sentence = world.repository()
                    .text(refusal.values())
                    .flatMap(text -> text.lines().findFirst())
                    .filter(line -> line.startsWith("# "))
                    .map(line -> line.substring(2).strip())
                    .filter(line -> line.length() >= SHORTEST);
            if (sentence.isEmpty()) {
                report.refuse(
                        refusal.values(),
                        "",
                        "its first line has to be a comment with a part of the message that is expected");
                continue;
            }
            Helm.Answer answer = world.charts().template(refusal);
            if (answer.succeeded()) {
                report.refuse(
                        refusal.values(),
                        "",
                        "it renders; the chart has to refuse it, saying \"" + sentence.get() + "\"");
            } else if (!flat(answer.error()).contains(flat(sentence.get()))) {
                report.refuse(
                        refusal.values(),
                        "",
                        "it is refused, but with \"" + answer.error() + "\" instead of \"" + sentence.get() + "\"");
            }
        }
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
