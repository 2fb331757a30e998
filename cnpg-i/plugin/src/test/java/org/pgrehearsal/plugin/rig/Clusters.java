package org.pgrehearsal.plugin.rig;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.util.Map;
import org.pgrehearsal.plugin.config.PluginName;

/** Clusters as CloudNativePG sends them, with what a test needs in them. */
public final class Clusters {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode root = JSON.createObjectNode();

    private Clusters(String name) {
        root.put("apiVersion", "postgresql.cnpg.io/v1").put("kind", "Cluster");
        root.putObject("metadata")
                .put("name", name)
                .put("namespace", "databases")
                .put("uid", "uid-of-" + name);
        root.putObject("spec").put("instances", 1);
        root.putObject("status");
    }

    public static Clusters named(String name) {
        return new Clusters(name);
    }

    /** With an entry of ours that archives. */
    public Clusters archiving(Map<String, String> parameters) {
        return archiving(PluginName.OWN, parameters);
    }

    public Clusters archiving(String plugin, Map<String, String> parameters) {
        ObjectNode entry = object("/spec").withArrayProperty("plugins").addObject();
        entry.put("name", plugin).put("isWALArchiver", true);
        parameters.forEach(entry.putObject("parameters")::put);
        return this;
    }

    /** Bootstrapped from an external cluster. */
    public Clusters recoveringFrom(String external, Map<String, String> parameters) {
        ObjectNode entry = object("/spec").withArrayProperty("externalClusters").addObject();
        entry.put("name", external);
        ObjectNode plugin = entry.putObject("plugin").put("name", PluginName.OWN);
        parameters.forEach(plugin.putObject("parameters")::put);
        object("/spec/bootstrap/recovery").put("source", external);
        return this;
    }

    public Clusters target(String field, String value) {
        object("/spec/bootstrap/recovery/recoveryTarget").put(field, value);
        return this;
    }

    public Clusters primary(String pod) {
        object("/status").put("currentPrimary", pod).put("targetPrimary", pod);
        return this;
    }

    public Clusters annotation(String name, String value) {
        object("/metadata/annotations").put(name, value);
        return this;
    }

    /** An object by its pointer; made if it is missing. */
    public ObjectNode object(String pointer) {
        return root.withObject(pointer);
    }

    public ByteString bytes() {
        return ByteString.copyFromUtf8(root.toString());
    }
}
