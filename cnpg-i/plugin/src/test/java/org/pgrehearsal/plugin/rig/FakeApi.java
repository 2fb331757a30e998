package org.pgrehearsal.plugin.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.pgrehearsal.plugin.kubernetes.Api;

/**
 * A Kubernetes API that keeps objects by their path and knows server-side apply as far as we use it, which fabric8's mock server does not: objects are
 * merged, conditions by their type, other lists replaced. It has no schemas, no owners of fields and no rights.
 */
public final class FakeApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final List<String> changes = new CopyOnWriteArrayList<>();

    public FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public Api api() {
        return new Api(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), () -> "token-of-the-test", null);
    }

    /** Puts an object where it belongs. */
    public void put(String path, ObjectNode object) {
        if (!object.at("/metadata").has("uid")) {
            object.withObject("/metadata").put("uid", UUID.randomUUID().toString());
        }
        objects.put(path, object);
    }

    /** An object; missing if there is none. */
    public JsonNode at(String path) {
        ObjectNode object = objects.get(path);
        return object == null ? JSON.missingNode() : object;
    }

    /** The objects below a path. */
    public List<ObjectNode> below(String path) {
        return objects.entrySet().stream()
                .filter(one -> one.getKey().startsWith(path + "/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** What was asked that changes anything: method and path. */
    public List<String> changes() {
        return changes;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!exchange.getRequestMethod().equals("GET")) {
            changes.add(exchange.getRequestMethod() + " " + path);
        }
        ObjectNode answer = switch (exchange.getRequestMethod()) {
            case "GET" -> get(path, String.valueOf(exchange.getRequestURI().getRawQuery()));
            case "PATCH" -> apply(path, (ObjectNode) JSON.readTree(body));
            case "POST" -> create(path, (ObjectNode) JSON.readTree(body));
            case "DELETE" ->
                delete(path, JSON.readTree(body).at("/preconditions/uid").asText());
            default -> status(405, "what is " + exchange.getRequestMethod());
        };
        int code = answer.path("kind").asText().equals("Status")
                ? answer.path("code").asInt()
                : 200;
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private ObjectNode get(String path, String query) {
        ObjectNode object = objects.get(path);
        if (object != null) {
            return object;
        }
        List<ObjectNode> items = new ArrayList<>(below(path));
        if (items.isEmpty() && !path.endsWith("s")) {
            return status(404, path + " not found");
        }
        for (String part : query.split("&")) {
            if (part.startsWith("labelSelector=")) {
                String[] label = URLDecoder.decode(part, StandardCharsets.UTF_8)
                        .substring(14)
                        .split("=");
                items.removeIf(item ->
                        !item.at("/metadata/labels").path(label[0]).asText().equals(label[1]));
            }
        }
        ObjectNode list = JSON.createObjectNode().put("kind", "List");
        list.putObject("metadata").put("resourceVersion", "1");
        list.putArray("items").addAll(items);
        return list;
    }

    private ObjectNode apply(String path, ObjectNode patch) {
        String target = path.replaceFirst("/status$", "");
        ObjectNode object = objects.get(target);
        if (object == null) {
            if (!target.equals(path)) {
                return status(404, target + " not found");
            }
            put(target, patch);
            return patch;
        }
        merge(object, patch);
        return object;
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        from.properties().forEach(field -> {
            JsonNode before = into.path(field.getKey());
            if (before instanceof ObjectNode object && field.getValue() instanceof ObjectNode patch) {
                merge(object, patch);
            } else if (field.getKey().equals("conditions") && before instanceof ArrayNode list) {
                field.getValue().forEach(condition -> replace(list, condition));
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    private static void replace(ArrayNode conditions, JsonNode condition) {
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).path("type").equals(condition.path("type"))) {
                conditions.set(i, condition);
                return;
            }
        }
        conditions.add(condition);
    }

    private ObjectNode create(String path, ObjectNode object) {
        put(path + "/" + object.at("/metadata/generateName").asText() + objects.size(), object);
        return object;
    }

    private ObjectNode delete(String path, String uid) {
        if (!at(path).at("/metadata/uid").asText().equals(uid)) {
            return status(409, "another object of this name");
        }
        objects.remove(path);
        return JSON.createObjectNode();
    }

    private static ObjectNode status(int code, String message) {
        return JSON.createObjectNode().put("kind", "Status").put("code", code).put("message", message);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
