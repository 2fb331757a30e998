package org.pgrehearsal.contracts.tree;

import java.util.Set;

/** Which kinds live outside every namespace. Of the kinds that the tree uses only these do; the schemas do not say it. */
public final class Scope {
    private static final Set<String> CLUSTER_WIDE = Set.of(
            "APIService",
            "ClusterImageCatalog",
            "ClusterIssuer",
            "ClusterRole",
            "ClusterRoleBinding",
            "CSIDriver",
            "CustomResourceDefinition",
            "IngressClass",
            "MutatingWebhookConfiguration",
            "Namespace",
            "PersistentVolume",
            "PriorityClass",
            "RuntimeClass",
            "StorageClass",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
            "VolumeSnapshotClass");

    private Scope() {}

    public static boolean isClusterWide(Manifest object) {
        return CLUSTER_WIDE.contains(object.kind());
    }
}
