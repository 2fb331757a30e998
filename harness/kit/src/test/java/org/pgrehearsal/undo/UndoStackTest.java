package org.pgrehearsal.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoStackTest {
    private final List<String> done = new ArrayList<>();
    private final UndoStack undo = new UndoStack();

    @Test
    void theLastIsUndoneFirst() {
        undo.push("remove the directory", () -> done.add("directory"));
        undo.closing("stop the store", () -> done.add("store"));
        undo.push("stop the server", () -> done.add("server"));

        undo.close();

        assertThat(done).containsExactly("server", "store", "directory");
    }

    @Test
    void nothingIsUndoneTwice() {
        undo.push("stop the server", () -> done.add("server"));

        undo.close();
        undo.close();

        assertThat(done).containsExactly("server");
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromIt() {
        undo.push("remove the directory", () -> done.add("directory"));
        undo.push("close the gate", () -> {
            throw new IOException("it is stuck");
        });
        undo.push("stop the server", () -> {
            throw new IllegalStateException("it is gone");
        });

        UndoFailed failure = catchThrowableOfType(UndoFailed.class, undo::close);

        assertThat(done).containsExactly("directory");
        assertThat(failure)
                .hasMessage("could not stop the server: it is gone")
                .hasCauseExactlyInstanceOf(IllegalStateException.class);
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(other -> assertThat(other)
                        .hasMessage("could not close the gate: it is stuck")
                        .hasCauseExactlyInstanceOf(IOException.class));
    }

    @Test
    void whatAnUndoRegistersIsUndoneToo() {
        undo.push("stop the server", () -> undo.push("wait for its end", () -> done.add("end")));

        undo.close();

        assertThat(done).containsExactly("end");
    }
}
