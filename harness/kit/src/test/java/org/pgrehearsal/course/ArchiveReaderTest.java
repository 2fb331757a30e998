package org.pgrehearsal.course;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.sabotage.MemoryBucket;
import org.pgrehearsal.system.ArchiveLayout;
import org.pgrehearsal.system.barman.BarmanCloud;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineHistory;
import org.pgrehearsal.wal.TimelineHistory.Fork;
import org.pgrehearsal.wal.TimelineId;

class ArchiveReaderTest {
    private static final ArchiveLayout LAYOUT = new BarmanCloud(Path.of("unused")).layout();
    private static final TimelineId TWO = new TimelineId(2);
    private static final TimelineId TEN = new TimelineId(10);

    private static final int SIZE = 16 << 20;

    @TempDir
    private Path folder;

    private final MemoryBucket bucket = new MemoryBucket();

    private void put(String key, String content) throws IOException {
        bucket.write(key, LAYOUT.encode(key, content.getBytes(UTF_8)));
    }

    @Test
    void listsWholeSegmentsAndReadsHistories() throws IOException {
        put("main/wals/0000000200000000/000000020000000000000004.gz", "segment");
        put("main/wals/0000000100000000/000000010000000000000003.gz", "segment");
        put("main/wals/0000000100000000/000000010000000000000004.partial.gz", "half a segment");
        put("main/wals/0000000100000000/000000010000000000000003.00000028.backup.gz", "label");
        put("main/wals/00000002.history.gz", "1\t0/3000158\tno recovery target specified\n");
        put("main/wals/0000000A.history", "1\t0/3000158\tbefore\n\n2\t0/4000000\tafter\n");
        put("main/base/20261121T112233/backup.info", "status=DONE");
        put("main/base/20261121T112233/data.tar", "tar");
        put("someone-else/000000010000000000000009.txt", "no");

        ArchiveReader.Listing listing = ArchiveReader.list(bucket, LAYOUT);

        assertThat(listing.segments()).containsExactly("000000010000000000000003", "000000020000000000000004");
        Fork first = new Fork(TimelineId.FIRST, Lsn.parse("0/3000158"), "no recovery target specified");
        assertThat(listing.histories())
                .isEqualTo(Map.of(
                        TWO,
                        new TimelineHistory(TWO, List.of(first)),
                        TEN,
                        new TimelineHistory(
                                TEN,
                                List.of(
                                        new Fork(TimelineId.FIRST, Lsn.parse("0/3000158"), "before"),
                                        new Fork(TWO, Lsn.parse("0/4000000"), "after")))));
    }

    @Test
    void onlyHistoriesAreRead() {
        bucket.write("main/wals/0000000100000000/000000010000000000000003.gz", "not gzip".getBytes(UTF_8));

        assertThat(ArchiveReader.list(bucket, LAYOUT).segments()).containsExactly("000000010000000000000003");
    }

    @Test
    void aHistoryThatCannotBeReadIsNamed() {
        bucket.write("main/wals/00000002.history.gz", "not gzip".getBytes(UTF_8));

        assertThatThrownBy(() -> ArchiveReader.list(bucket, LAYOUT))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("cannot decode main/wals/00000002.history.gz: ");
    }

    @Test
    void anEmptyBucketHoldsNothing() {
        ArchiveReader.Listing listing = ArchiveReader.list(bucket, LAYOUT);

        assertThat(listing.segments()).isEmpty();
        assertThat(listing.histories()).isEmpty();
    }

    @Test
    void aTimelineIsCompletedFromTheFirstSegmentOfTheNext() throws IOException {
        Lsn fork = Lsn.parse("0/4000158");
        Files.writeString(folder.resolve("000000020000000000000004"), "begins with a copy");

        ArchiveReader.complete(folder, TimelineId.FIRST, TWO, fork, SIZE);

        assertThat(folder.resolve("000000010000000000000004")).hasContent("begins with a copy");
    }

    @Test
    void aSegmentThatTheOldTimelineArchivedItselfIsKept() throws IOException {
        Path own = Files.writeString(folder.resolve("000000010000000000000004"), "its own");
        Files.writeString(folder.resolve("000000020000000000000004"), "begins with a copy");

        ArchiveReader.complete(folder, TimelineId.FIRST, TWO, Lsn.parse("0/4000158"), SIZE);

        assertThat(own).hasContent("its own");
    }
}
