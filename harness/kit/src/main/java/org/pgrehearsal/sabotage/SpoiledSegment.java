package org.pgrehearsal.sabotage;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.pgrehearsal.wal.WalSegment;

/** A segment in the middle is there, under its name, and holds something else. */
final class SpoiledSegment extends Sabotage {
    enum Way {
        EMPTIED,
        SWAPPED,
        FOREIGN,
        FLIPPED
    }

    private final Way way;

    SpoiledSegment(String name, Way way) {
        super(name);
        this.way = way;
    }

    @Override
    public Optional<String> unsuitable(Scene scene) {
        if (scene.needed().isEmpty()) {
            return Optional.of("the system archives no WAL");
        }
        if (way == Way.FOREIGN && scene.foreign() == null) {
            return Optional.of("no WAL segment of another cluster is at hand");
        }
        return scene.middle().isPresent() ? Optional.empty() : Optional.of("there are too few WAL segments");
    }

    @Override
    Damage cut(Scene scene, Knife knife) throws IOException {
        WalSegment segment = scene.middle().orElseThrow();
        String what = switch (way) {
            case EMPTIED -> empty(scene, knife, segment);
            case SWAPPED -> swap(scene, knife, segment);
            case FOREIGN -> replace(scene, knife, segment);
            case FLIPPED -> flip(scene, knife, segment);
        };
        return knife.damage(what, WalSigns.endsIn(scene, segment));
    }

    private static String empty(Scene scene, Knife knife, WalSegment segment) {
        scene.keysOf(segment.name()).forEach(key -> knife.write(key, new byte[0]));
        return "WAL segment " + segment + " is an object of 0 bytes";
    }

    /** The contents change places and the names stay, a checksum in a name too: what a careless copy would leave behind. */
    private static String swap(Scene scene, Knife knife, WalSegment segment) {
        List<WalSegment> needed = scene.needed();
        WalSegment following = needed.get(needed.indexOf(segment) + 1);
        String one = scene.keysOf(segment.name()).getFirst();
        String other = scene.keysOf(following.name()).getFirst();
        byte[] kept = scene.copy().read(one);
        knife.write(one, scene.copy().read(other));
        knife.write(other, kept);
        return "WAL segments " + segment + " and " + following + " are swapped";
    }

    private static String replace(Scene scene, Knife knife, WalSegment segment) throws IOException {
        byte[] foreign = Objects.requireNonNull(scene.foreign()).get();
        for (String key : scene.keysOf(segment.name())) {
            knife.rewrite(key, own -> foreign);
        }
        return "WAL segment " + segment + " holds the log of another cluster";
    }

    private static String flip(Scene scene, Knife knife, WalSegment segment) throws IOException {
        int[] at = new int[1];
        for (String key : scene.keysOf(segment.name())) {
            knife.rewrite(key, content -> {
                at[0] = WalPages.offsetInRecord(content, scene.chance());
                content[at[0]] ^= (byte) 0xFF;
                return content;
            });
        }
        return "the byte at " + segment.start().plus(at[0]) + " in WAL segment " + segment + " is flipped";
    }
}
