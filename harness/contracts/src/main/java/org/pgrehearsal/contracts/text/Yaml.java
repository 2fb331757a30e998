package org.pgrehearsal.contracts.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML as Kubernetes reads it: version 1.1, no dates, no key twice in one mapping. */
public final class Yaml {
    /** To make and change trees of values. */
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final int LIMIT = 64 << 20;
    private static final Pattern SEPARATOR = Pattern.compile("(?m)^---(?:[ \\t].*)?$");

    private Yaml() {}

    /** Text that is no YAML; the message says where. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final class NoDates extends Resolver {
        @Override
        public void addImplicitResolver(Tag tag, Pattern regexp, String first, int limit) {
            if (!tag.equals(Tag.TIMESTAMP)) {
                super.addImplicitResolver(tag, regexp, first, limit);
            }
        }
    }

    /** Every document of a text, without empty ones. */
    public static List<JsonNode> documents(String text) throws Malformed {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(LIMIT);
        DumperOptions dumping = new DumperOptions();
        org.yaml.snakeyaml.Yaml reader = new org.yaml.snakeyaml.Yaml(
                new SafeConstructor(options), new Representer(dumping), dumping, options, new NoDates());
        List<JsonNode> documents = new ArrayList<>();
        try {
            for (Object document : reader.loadAll(text)) {
                if (document != null) {
                    documents.add(JSON.valueToTree(document));
                }
            }
        } catch (MarkedYAMLException e) {
            throw new Malformed(where(e), e);
        } catch (YAMLException | IllegalArgumentException e) {
            throw new Malformed(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("no YAML"), e);
        }
        return documents;
    }

    /** The mapping that a text is; empty for a text without a document. */
    public static ObjectNode mapping(String text) throws Malformed {
        List<JsonNode> documents = documents(text);
        if (documents.isEmpty()) {
            return JSON.createObjectNode();
        }
        if (documents.size() == 1 && documents.getFirst() instanceof ObjectNode mapping) {
            return mapping;
        }
        throw new Malformed("not one mapping", new IllegalArgumentException(text));
    }

    /** The texts of the documents, for those that must be changed as text before they are read. */
    public static List<String> split(String text) {
        return SEPARATOR.splitAsStream(text).filter(part -> !part.isBlank()).toList();
    }

    /** JSON, which is YAML too. */
    public static String write(JsonNode node) {
        return node.toPrettyString() + "\n";
    }

    private static String where(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? "no YAML" : e.getProblem();
        return e.getProblemMark() == null
                ? problem
                : "line " + (e.getProblemMark().getLine() + 1) + ": " + problem;
    }
}
