package org.pgrehearsal.sabotage;

import java.util.List;

/** Which sabotages there are. Apart from {@link Sabotage}, which must be loaded before any of them can be made. */
final class Catalogue {
    static final List<Sabotage> ALL = List.of(
            new LostSegment("the WAL segment in which the backup begins is missing", LostSegment.Place.BACKUP_BEGIN),
            new LostSegment("the first WAL segment after the backup is missing", LostSegment.Place.AFTER_BACKUP),
            new LostSegment("a WAL segment in the middle is missing", LostSegment.Place.MIDDLE),
            new LostSegment("the last WAL segment is missing", LostSegment.Place.LAST),
            new SpoiledSegment("a WAL segment is empty", SpoiledSegment.Way.EMPTIED),
            new SpoiledSegment("two WAL segments are swapped", SpoiledSegment.Way.SWAPPED),
            new SpoiledSegment("a WAL segment comes from another cluster", SpoiledSegment.Way.FOREIGN),
            new SpoiledSegment("a byte in a WAL page is flipped", SpoiledSegment.Way.FLIPPED),
            new FlippedData("a byte in a data file is flipped", false),
            new FlippedData("a byte in a plain dump is flipped", true),
            new TruncatedObject(),
            new SpoiledManifest("the backup's manifest is missing", false),
            new SpoiledManifest("the backup's manifest is altered", true),
            new SpoiledIndex("the index of backups is missing", SpoiledIndex.Way.BACKUPS_MISSING),
            new SpoiledIndex("the index of backups is older than the backup", SpoiledIndex.Way.BACKUPS_OLDER),
            new SpoiledIndex("the index of the archive is missing", SpoiledIndex.Way.ARCHIVE_MISSING),
            new MissingHistory(),
            new MissingDumpPart("a part of the dump is missing", false),
            new MissingDumpPart("the globals of the dump are missing", true));

    private Catalogue() {}
}
