package org.pgrehearsal.contracts.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for secrets that somebody wrote down: by their form, by their disorder, and by the name of the field that they stand in. */
public final class Secrets {
    private static final Map<String, Pattern> FORMS = Map.of(
            "an age key", Pattern.compile("AGE-SECRET-KEY-1[A-Z0-9]{20,}"),
            "an AWS access key", Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
            "a Garage access key", Pattern.compile("\\bGK[0-9a-f]{24}\\b"),
            "a private key", Pattern.compile("-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\\s+[A-Za-z0-9+/=]{16,}"),
            "a token of GitHub", Pattern.compile("\\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})"));
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9+/_=-]{32,}");
    private static final Pattern CIPHERTEXT = Pattern.compile(
            "ENC\\[[^\\]]*\\]|-----BEGIN AGE ENCRYPTED FILE-----.*?-----END AGE ENCRYPTED FILE-----|\\bage1[a-z0-9]{50,}",
            Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile(
            "(?:.*[-_.])?(?:password|passwd|passphrase|token|secret_?access_?key|access_?key_?id|access_?key|secret_?key|private_?key|cipher_?pass)",
            Pattern.CASE_INSENSITIVE);
    /** The name of a key of a Secret, of another object, or of a variable: no secret itself. */
    private static final Pattern NAME = Pattern.compile(
            "[A-Z][A-Z0-9_]*|(?i:[a-z0-9._-]*(?:key|secret|password|token|id|credentials|pass|user|login|app|auth)[a-z0-9._-]*)|/[a-zA-Z0-9./_-]+");
    /** Random base64 of this length has about 4.7 bits a character; words and paths have less than 4. */
    private static final double DISORDER = 4.3;

    private Secrets() {}

    /**
     * Something that looks like a secret.
     *
     * @param line counted from 1
     * @param what it looks like; never the thing itself
     */
    public record Suspicion(int line, String what) {}

    /** In any text. */
    public static List<Suspicion> in(String text) {
        List<Suspicion> found = new ArrayList<>();
        FORMS.forEach((what, form) -> {
            Matcher matcher = form.matcher(text);
            while (matcher.find()) {
                found.add(new Suspicion(line(text, matcher.start()), what));
            }
        });
        String clear = CIPHERTEXT
                .matcher(text)
                .replaceAll(match -> "\n".repeat((int) match.group().lines().count() - 1));
        Matcher word = WORD.matcher(clear);
        while (word.find()) {
            if (isDisorder(word.group())) {
                found.add(new Suspicion(
                        line(clear, word.start()),
                        "a random key of " + word.group().length() + " characters"));
            }
        }
        return found;
    }

    /** Texts in the fields of a document whose names say that they hold a secret, by the field's name. */
    public static List<String> fields(JsonNode node) {
        List<String> found = new ArrayList<>();
        node.properties().forEach(entry -> {
            String value = entry.getValue().asText();
            if (entry.getValue().isTextual() && FIELD.matcher(entry.getKey()).matches() && isSecret(value)) {
                found.add(entry.getKey());
            }
            found.addAll(fields(entry.getValue()));
        });
        if (node.isArray()) {
            node.forEach(element -> found.addAll(fields(element)));
        }
        return found;
    }

    private static boolean isSecret(String value) {
        return !value.isBlank()
                && !value.startsWith("ENC[")
                && !value.contains("${")
                && !value.contains("{{")
                && !value.contains(" ")
                && !NAME.matcher(value).matches();
    }

    private static int line(String text, int at) {
        return 1
                + (int) text.substring(0, at)
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
    }

    static boolean isDisorder(String word) {
        boolean mixed = word.chars().anyMatch(Character::isDigit)
                && word.chars().anyMatch(Character::isUpperCase)
                && word.chars().anyMatch(Character::isLowerCase);
        // a path is made of words
        long slashes = word.chars().filter(character -> character == '/').count();
        return mixed && slashes <= Math.max(2, word.length() / 32) && disorder(word) > DISORDER;
    }

    private static double disorder(String word) {
        Map<Integer, Integer> counts = new HashMap<>();
        word.chars().forEach(character -> counts.merge(character, 1, Integer::sum));
        return counts.values().stream()
                .mapToDouble(count -> (double) count / word.length())
                .map(share -> -share * Math.log(share) / Math.log(2))
                .sum();
    }

    /** Whether a file's name says that its long words are checksums. */
    public static boolean holdsChecksums(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.equals("go.sum") || name.endsWith(".svg") || name.endsWith("requirements.txt");
    }
}
