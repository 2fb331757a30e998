package org.pgrehearsal.check;

import java.util.List;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;

/**
 * What {@link ObjectsCheck} comes to.
 *
 * @param tables       tables that must be there
 * @param largeObjects large objects that must be there
 * @param numbers      1 if a number was taken from the sequence, else 0
 */
public record ObjectsResult(List<Finding> findings, long tables, long largeObjects, long numbers)
        implements CheckResult {
    public ObjectsResult {
        findings = List.copyOf(findings);
    }

    @Override
    public List<Measurement> measurements() {
        return List.of(
                new Measurement("tables expected", tables, "tables"),
                new Measurement("large objects expected", largeObjects, "objects"));
    }

    @Override
    public List<String> observations() {
        return List.of();
    }

    @Override
    public List<String> notCounted() {
        return tables + largeObjects + numbers > 0
                ? List.of()
                : List.of("no table, large object or sequence number was expected before the stop");
    }
}
