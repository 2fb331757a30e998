package org.pgrehearsal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Where the keys of a store that is not ours come from: the environment or a file, never the command line, which every user can read. */
public record ExternalKeys(String accessKey, String secretKey) {
    private static final String ACCESS = "AWS_ACCESS_KEY_ID";
    private static final String SECRET = "AWS_SECRET_ACCESS_KEY";

    /**
     * Keys from variables of the names that the AWS tools use.
     *
     * @throws StoreException if one is missing or empty
     */
    public static ExternalKeys fromEnvironment(Map<String, String> environment) {
        return of(environment, "the environment");
    }

    /**
     * Keys from a file: lines of {@code NAME=VALUE} or {@code name = value} with the same two names in either case, as in an AWS credentials
     * file of one profile; other lines are ignored.
     *
     * @throws StoreException if it cannot be read, or lacks one
     */
    public static ExternalKeys fromFile(Path file) {
        var values = new HashMap<String, String>();
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    String name = line.substring(0, equals).strip().toUpperCase(Locale.ROOT);
                    values.put(
                            name.replaceFirst("^EXPORT ", ""),
                            line.substring(equals + 1).strip());
                }
            }
        } catch (IOException e) {
            throw new StoreException("cannot read the keys in " + file + ": " + e, e);
        }
        return of(values, file.toString());
    }

    private static ExternalKeys of(Map<String, String> values, String where) {
        return new ExternalKeys(required(values, ACCESS, where), required(values, SECRET, where));
    }

    private static String required(Map<String, String> values, String name, String where) {
        String value = values.get(name);
        if (value == null || value.isBlank()) {
            throw new StoreException("no " + name + " in " + where + "; set it there");
        }
        return value;
    }

    @Override
    public String toString() {
        return "ExternalKeys[" + accessKey + ", secret redacted]";
    }
}
