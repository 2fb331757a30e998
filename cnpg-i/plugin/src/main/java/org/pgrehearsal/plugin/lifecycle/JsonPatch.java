package org.pgrehearsal.plugin.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.google.protobuf.ByteString;

/** A patch by RFC 6902. */
public final class JsonPatch {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ArrayNode operations = JSON.createArrayNode();

    /** Adds a field, or an element at the index at the end of the path. */
    public void add(String path, JsonNode value) {
        operation("add", path, value);
    }

    /** Puts an object with a name into a list: in the place of the one of that name, or at its end. The list may be missing. */
    void put(String path, JsonNode list, JsonNode element) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path("name").equals(element.path("name"))) {
                if (!list.get(i).equals(element)) {
                    operation("replace", path + "/" + i, element);
                }
                return;
            }
        }
        append(path, list, element);
    }

    /** Adds an element at the end of a list that may be missing. */
    void append(String path, JsonNode list, JsonNode element) {
        if (list.isArray() || created(path)) {
            operation("add", path + "/-", element);
        } else {
            operation("add", path, JSON.createArrayNode().add(element));
        }
    }

    private boolean created(String path) {
        for (JsonNode operation : operations) {
            if (operation.path("path").asText().equals(path)) {
                return true;
            }
        }
        return false;
    }

    private void operation(String name, String path, JsonNode value) {
        operations.addObject().put("op", name).put("path", path).set("value", value);
    }

    /** For the wire; empty if nothing changes. */
    public ByteString bytes() {
        return operations.isEmpty() ? ByteString.EMPTY : ByteString.copyFromUtf8(operations.toString());
    }
}
