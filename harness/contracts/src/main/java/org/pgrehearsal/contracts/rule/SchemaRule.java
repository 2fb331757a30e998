package org.pgrehearsal.contracts.rule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.contracts.tool.Schemas;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.World;

/**
 * Every object is valid against the schema of its kind, strictly: a field that the kind does not have is an error. What an operator's webhook or a
 * CEL rule would refuse beyond that is not seen here.
 *
 * @param schemas to ask
 */
record SchemaRule(Schemas schemas) implements Rule {
    @Override
    public String name() {
        return "schema";
    }

    @Override
    public void check(World world, Report report) {
        Map<ObjectNode, Manifest> different = new LinkedHashMap<>();
        world.manifests().forEach(object -> different.putIfAbsent(object.body(), object));
        List<Manifest> objects = new ArrayList<>(different.values());
        if (!objects.isEmpty()) {
            Map<Integer, List<String>> problems =
                    schemas.problems(objects.stream().map(Manifest::body).toList());
            for (int i = 0; i < objects.size(); i++) {
                report.looked();
                for (String problem : problems.getOrDefault(i, List.of())) {
                    report.refuse(objects.get(i), problem);
                }
            }
        }
    }
}
