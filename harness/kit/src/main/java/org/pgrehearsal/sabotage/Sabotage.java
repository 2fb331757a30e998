package org.pgrehearsal.sabotage;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.pgrehearsal.store.Inventory;
import org.pgrehearsal.store.StoreException;

/** A damage that can be done to a copy of a good backup. The name is the phrase that a feature uses. */
public abstract sealed class Sabotage
        permits LostSegment,
                SpoiledSegment,
                FlippedData,
                TruncatedObject,
                SpoiledManifest,
                SpoiledIndex,
                MissingHistory,
                MissingDumpPart {
    private final String name;

    Sabotage(String name) {
        this.name = name;
    }

    /** Every sabotage, in the order in which a report should show them. */
    public static List<Sabotage> all() {
        return Catalogue.ALL;
    }

    /**
     * The sabotage that a phrase means, such as {@code a WAL segment in the middle is missing}.
     *
     * @throws IllegalArgumentException if there is none of this name; says all names
     */
    public static Sabotage named(String name) {
        return all().stream()
                .filter(sabotage -> sabotage.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no sabotage is called \"" + name + "\"; there are: "
                        + all().stream().map(Sabotage::name).collect(Collectors.joining("; "))));
    }

    /** A clause in plain words, unique. */
    public final String name() {
        return name;
    }

    /** Why it cannot be done here, one sentence for the reader; empty if it can. */
    public abstract Optional<String> unsuitable(Scene scene);

    /** Does it, and says what it did; anything that the knife did not touch stays as it is. */
    abstract Damage cut(Scene scene, Knife knife) throws IOException;

    /**
     * Damages the copy.
     *
     * @throws IllegalArgumentException if it cannot be done here
     * @throws StoreException           if the store fails
     * @throws IllegalStateException    if the copy is not changed just where it was meant to be
     */
    public final Damage inflict(Scene scene) {
        unsuitable(scene).ifPresent(why -> {
            throw new IllegalArgumentException("cannot do \"" + name + "\" here: " + why);
        });
        Inventory before = scene.copy().inventory();
        Damage damage;
        try {
            damage = cut(scene, new Knife(scene));
        } catch (IOException e) {
            throw new StoreException(
                    "cannot do \"" + name + "\" to bucket " + scene.copy().name() + ": " + e.getMessage(), e);
        }
        Inventory.Difference done = before.difference(scene.copy().inventory());
        Set<String> changed = new TreeSet<>(done.removed());
        changed.addAll(done.changed());
        changed.addAll(done.added());
        if (!changed.equals(damage.keys()) || !done.removed().equals(damage.missing())) {
            throw new IllegalStateException("\"" + name + "\" was to change " + new TreeSet<>(damage.keys())
                    + " in bucket " + scene.copy().name() + ", but the listing says: " + done);
        }
        return damage;
    }

    @Override
    public String toString() {
        return name;
    }
}
