package org.pgrehearsal.evidence;

import java.time.Duration;
import java.util.Locale;
import org.pgrehearsal.verdict.Measurement;

/** Numbers as people read them: three digits where that is enough, thousands set apart, decimal prefixes. */
public final class Quantity {
    private static final String[] PREFIXES = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    /** A narrow space that does not break. */
    private static final char GROUP = '\u202F';

    private Quantity() {}

    /** {@code 410 µs}, {@code 340 ms}, {@code 3.2 s}, {@code 47 s}, {@code 1 min 12 s}, {@code 2 h 05 min}. */
    public static String time(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        if (seconds < 0.0009995) {
            return Math.round(seconds * 1e6) + " µs";
        }
        if (seconds < 0.9995) {
            return Math.round(seconds * 1000) + " ms";
        }
        if (seconds < 59.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
        }
        long minutes = Math.round(seconds / 60);
        return String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
    }

    /** {@code 0 B}, {@code 16.8 MB}, {@code 212 MB}. */
    public static String bytes(double bytes) {
        double value = bytes;
        int prefix = 0;
        while (Math.abs(value) >= 999.5 && prefix < PREFIXES.length - 1) {
            value /= 1000;
            prefix++;
        }
        String digits = prefix == 0 || value >= 99.95 ? "%.0f" : "%.1f";
        return String.format(Locale.ROOT, digits, value) + " " + PREFIXES[prefix];
    }

    /** {@code 84.1 MB/s}; empty if nothing was moved or no time passed. */
    public static String rate(long bytes, Duration took) {
        double seconds = took.toNanos() / 1e9;
        return bytes <= 0 || seconds <= 0 ? "" : bytes(bytes / seconds) + "/s";
    }

    /** A measurement's value with its unit; seconds and bytes in the forms above. */
    public static String of(Measurement measurement) {
        return switch (measurement.unit()) {
            case "s" -> Double.isFinite(measurement.value()) ? time(seconds(measurement.value())) : "unknown";
            case "B" -> bytes(measurement.value());
            default -> (number(measurement.value()) + " " + measurement.unit()).strip();
        };
    }

    /** {@code 1 204 311}; up to three decimals where there are any. */
    public static String number(double value) {
        String digits = String.format(Locale.ROOT, "%,.3f", value).replace(',', GROUP);
        return digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits;
    }

    /** {@code 1 204 311}. */
    public static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value).replace(',', GROUP);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
