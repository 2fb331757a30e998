package org.pgrehearsal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    @Test
    void levelsAreCalledAsInCloudNativePgsOwnContainers() {
        assertThat(line(Level.SEVERE)).contains("\"level\":\"error\"");
        assertThat(line(Level.WARNING)).contains("\"level\":\"warning\"");
        assertThat(line(Level.INFO)).contains("\"level\":\"info\"");
        assertThat(line(Level.FINER)).contains("\"level\":\"debug\"");
    }

    private static String line(Level level) {
        return new JsonLines().format(new LogRecord(level, "text"));
    }
}
