package org.pgrehearsal.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.await.WaitFailed;
import org.pgrehearsal.await.Waiting;
import org.pgrehearsal.platform.MachineException;

class KeptNodeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    @Test
    void aNodeIsReadyOnceItsHolderSaysSo() throws IOException {
        KeptNode kept = new KeptNode(folder.resolve("up"));
        assertThat(kept.holder()).isEmpty();

        kept.claim(true);
        assertThat(kept.holder()).contains(ProcessHandle.current());
        assertThat(kept.isReady()).isFalse();

        kept.announce("a private key");
        assertThat(kept.isReady()).isTrue();
        assertThat(kept.kubeconfig()).hasContent("a private key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.kubeconfig())))
                .isEqualTo("rw-------");

        kept.claim(false);
        assertThat(kept.holder()).isEmpty();
        assertThat(kept.isReady()).isFalse();
    }

    @Test
    void aHolderThatEndsIsAnErrorWithItsLastLine() {
        KeptNode kept = new KeptNode(folder);

        assertThatThrownBy(() -> kept.hold(List.of("sh", "-c", "echo one; echo two; exit 1"), SECOND.multipliedBy(20)))
                .isInstanceOf(MachineException.class)
                .hasMessage("two");
    }

    @Test
    void aHolderThatIsNeverReadyIsEnded() {
        KeptNode kept = new KeptNode(folder);

        assertThatThrownBy(() -> kept.hold(List.of("tail", "-f", "/dev/null"), SECOND))
                .isInstanceOf(WaitFailed.class);

        Waiting.on("the end of the holder", SECOND.multipliedBy(20))
                .until(
                        () -> ProcessHandle.current()
                                .children()
                                .map(KeptNodeTest::program)
                                .toList(),
                        programs -> programs.stream().noneMatch(program -> program.endsWith("/tail")));
    }

    private static String program(ProcessHandle process) {
        return process.info().command().orElse("");
    }

    @Test
    void aHolderThatIsReadyIsLeftAlone() throws IOException {
        KeptNode kept = new KeptNode(folder);

        kept.hold(List.of("sh", "-c", "echo ready > " + kept.kubeconfig()), SECOND.multipliedBy(20));

        assertThat(kept.kubeconfig()).hasContent("ready");
    }
}
