package org.pgrehearsal.contracts.rule;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.Rendering;
import org.pgrehearsal.contracts.tree.Scope;
import org.pgrehearsal.contracts.tree.World;

/**
 * Every object lives in the namespace whose folder it is in, and that namespace is made. Only what Flux itself needs is in flux-system. A chart stays
 * in the namespace of its release, unless a value names another, and makes nothing for the whole cluster.
 */
record NamespaceRule() implements Rule {
    private static final String FLUX = "flux-system";
    private static final Pattern APPS = Pattern.compile("^(?:\\./)?kubernetes/apps/([^/]+)/.*");

    @Override
    public String name() {
        return "namespace";
    }

    @Override
    public void check(World world, Report report) {
        for (Rendering rendering : world.renderings()) {
            switch (rendering.kind()) {
                case CLUSTER -> cluster(rendering, report);
                case CHART -> chart(rendering, report);
                case COMPONENT -> {}
            }
        }
    }

    private static void cluster(Rendering rendering, Report report) {
        Set<String> made = new TreeSet<>(Set.of(FLUX));
        rendering.all("", "Namespace").forEach(namespace -> made.add(namespace.name()));
        Map<String, String> homes = homes(rendering);
        for (Manifest object : rendering.manifests()) {
            report.looked();
            String namespace = object.namespace();
            Matcher file = APPS.matcher(object.origin().file());
            String home = homes.getOrDefault(object.origin().by(), file.matches() ? file.group(1) : FLUX);
            if (Scope.isClusterWide(object)) {
                if (object.kind().equals("Namespace")
                        && file.matches()
                        && !object.name().equals(file.group(1))) {
                    report.refuse(object, "the namespace of this folder is " + file.group(1));
                }
            } else if (namespace.isEmpty()) {
                report.refuse(
                        object,
                        "it says no namespace and would land in the default one: set metadata.namespace or targetNamespace");
            } else if (!made.contains(namespace)) {
                report.refuse(object, "nothing makes its namespace " + namespace);
            } else if (!namespace.equals(home)
                    && !(namespace.equals(FLUX) && object.group().endsWith(".toolkit.fluxcd.io"))) {
                report.refuse(object, "it is outside its namespace, which is " + home);
            }
        }
    }

    /** The namespace that what a Kustomization or a HelmRelease applies belongs to. */
    private static Map<String, String> homes(Rendering rendering) {
        Map<String, String> homes = new HashMap<>();
        for (Manifest object : rendering.manifests()) {
            Matcher path = APPS.matcher(object.text("/spec/path") + "/");
            if (path.matches()) {
                homes.put(object.title(), path.group(1));
            } else if (object.is("helm.toolkit.fluxcd.io", "HelmRelease")) {
                homes.put(
                        object.title(),
                        object.text("/spec/targetNamespace").isEmpty()
                                ? object.namespace()
                                : object.text("/spec/targetNamespace"));
            }
        }
        return homes;
    }

    private static void chart(Rendering rendering, Report report) {
        for (Manifest object : rendering.manifests()) {
            report.looked();
            if (Scope.isClusterWide(object)) {
                report.refuse(object, "a chart of a database must make nothing for the whole cluster");
            } else if (!object.namespace().equals("example")
                    && !rendering.given().contains(object.namespace())) {
                report.refuse(object, "it is outside the namespace of the release, and no value names that namespace");
            }
        }
    }
}
