package org.pgrehearsal.plugin.kubernetes;

/**
 * A kind of object, as the API's paths have it.
 *
 * @param group   empty for the core group
 * @param version such as {@code v1}
 * @param plural  in lower case
 */
public record Kind(String group, String version, String plural) {
    public static final Kind CONFIG_MAP = new Kind("", "v1", "configmaps");
    public static final Kind EVENT = new Kind("", "v1", "events");
    public static final Kind SECRET = new Kind("", "v1", "secrets");
    public static final Kind ROLE = new Kind("rbac.authorization.k8s.io", "v1", "roles");
    public static final Kind ROLE_BINDING = new Kind("rbac.authorization.k8s.io", "v1", "rolebindings");

    /** What goes into {@code apiVersion}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** All of them in all namespaces. */
    public String everywhere() {
        return (group.isEmpty() ? "/api/" : "/apis/") + apiVersion() + "/" + plural;
    }

    /** All of them in a namespace. */
    public String in(String namespace) {
        return (group.isEmpty() ? "/api/" : "/apis/") + apiVersion() + "/namespaces/" + namespace + "/" + plural;
    }

    /** One of them. */
    public String named(String namespace, String name) {
        return in(namespace) + "/" + name;
    }
}
