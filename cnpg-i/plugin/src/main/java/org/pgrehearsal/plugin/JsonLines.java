package org.pgrehearsal.plugin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** One JSON object a line, as CloudNativePG's own containers log. */
public final class JsonLines extends Formatter {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The logging of the JDK makes it by name. */
    public JsonLines() {
        super();
    }

    @Override
    public String format(LogRecord entry) {
        ObjectNode line = JSON.createObjectNode();
        line.put("ts", entry.getInstant().toString());
        line.put("level", level(entry.getLevel()));
        line.put("logger", entry.getLoggerName());
        line.put("msg", formatMessage(entry));
        Throwable thrown = entry.getThrown();
        if (thrown != null) {
            line.put("error", thrown.toString());
            if (thrown.getStackTrace().length > 0) {
                line.put("at", thrown.getStackTrace()[0].toString());
            }
        }
        return line + "\n";
    }

    /** In CloudNativePG's words, so that one filter finds the errors of all containers. */
    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        return level.intValue() >= Level.INFO.intValue() ? level.getName().toLowerCase(Locale.ROOT) : "debug";
    }
}
