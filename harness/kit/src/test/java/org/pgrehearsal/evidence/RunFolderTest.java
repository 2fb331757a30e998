package org.pgrehearsal.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    private static final Instant START = Instant.parse("2026-11-21T10:56:12.9Z");

    @TempDir
    private Path place;

    @Test
    void runsOfOneSecondHaveFoldersOfTheirOwn() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            ids.add(RunFolder.create(place.resolve("drills"), START).id());
        }
        assertThat(ids).hasSize(500).allMatch(id -> id.matches("2026-11-21T105612Z-[0-9a-f]{4}"));
    }

    @Test
    void drillsHaveSafeNamesOfTheirOwn() {
        RunFolder run = RunFolder.create(place, START);

        assertThat(run.drill("pgbackrest", "To an LSN, inclusive"))
                .isDirectory()
                .isEqualTo(run.path().resolve("pgbackrest/to-an-lsn-inclusive"));
        assertThat(run.drill("pgbackrest", "To an LSN: inclusive")).endsWith(Path.of("to-an-lsn-inclusive-2"));
        assertThat(run.drill("../..", "../../etc/passwd\0\n"))
                .isEqualTo(run.path().resolve("unnamed/etc-passwd"));
        assertThat(run.drill("x", "Größe ".repeat(60)).getFileName().toString())
                .hasSizeLessThanOrEqualTo(80)
                .matches("[a-z0-9][a-z0-9-]*[a-z0-9]");
        assertThat(run.relative(run.drill("x", "y"))).isEqualTo("x/y");
    }

    @Test
    void latestIsTheRunThatFinishedLast() throws IOException {
        RunFolder first = RunFolder.create(place, START);
        RunFolder second = RunFolder.create(place, START);
        second.becomeLatest();
        first.becomeLatest();

        assertThat(Files.readSymbolicLink(place.resolve("latest"))).hasToString(first.id());
        assertThat(RunFolder.open(place, "latest").id()).isEqualTo(first.id());
        assertThat(RunFolder.open(place, second.id()).path())
                .isEqualTo(second.path().toRealPath());
        try (Stream<Path> left = Files.list(place)) {
            assertThat(left).hasSize(3);
        }
    }

    @Test
    void savesAllOrNothing() throws IOException {
        RunFolder run = RunFolder.create(place, START);
        run.save("report.json", "first");
        assertThat(run.save("report.json", "second 🐘")).hasContent("second 🐘");

        Files.createDirectory(run.path().resolve("report.html"));
        Files.writeString(run.path().resolve("report.html/in-the-way"), "");
        assertOneLine(() -> run.save("report.html", "x"), "report.html");
        try (Stream<Path> left = Files.list(run.path())) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("report.json", "report.html");
        }
    }

    @Test
    void saysWhyAPlaceCannotBeUsed() throws IOException {
        Path file = Files.writeString(place.resolve("file"), "");

        assertOneLine(() -> RunFolder.create(file, START), "is a file, not a directory");
        assertOneLine(() -> RunFolder.create(file.resolve("below"), START), "not a directory");
        assertOneLine(() -> RunFolder.open(place, "latest"), "no finished run", "rehearse run");
        assertOneLine(() -> RunFolder.open(place, "2026-01-01T000000Z-0000"), "no run 2026-01-01T000000Z-0000");
        assertOneLine(() -> RunFolder.open(place.resolve("file"), "../.."), "no run");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysThatTheDiskIsFull() throws IOException {
        RunFolder run = RunFolder.create(place, START);
        Files.createSymbolicLink(run.path().resolve(".report.html.draft"), Path.of("/dev/full"));

        assertOneLine(
                () -> run.save("report.html", "x".repeat(100_000)), "report.html", "disk is full", "free some space");
    }

    @Test
    void translatesWhatTheSystemSays() {
        assertThat(EvidenceException.of("write", place, new AccessDeniedException("x")))
                .hasMessageContaining("permission denied");
        assertThat(EvidenceException.of("write", place, new FileSystemException("x", null, "Read-only file system")))
                .hasMessageContaining("read-only; choose");
        assertThat(EvidenceException.of("write", place, new IOException("a\nb")))
                .message()
                .hasLineCount(1);
    }

    private static void assertOneLine(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOf(EvidenceException.class)
                .message()
                .contains(parts)
                .hasLineCount(1);
    }
}
