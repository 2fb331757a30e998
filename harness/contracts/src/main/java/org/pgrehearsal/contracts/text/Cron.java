package org.pgrehearsal.contracts.text;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schedule: the five fields of a CronJob, or six with the seconds first, as CNPG wants them.
 *
 * @param minutes of the hour in which it may fire
 * @param hours   of the day in which it may fire
 */
public record Cron(TreeSet<Integer> minutes, TreeSet<Integer> hours) {
    private static final Pattern PART = Pattern.compile("(\\*|\\?|[A-Z0-9]+)(?:-([A-Z0-9]+))?(?:/([0-9]+))?");
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private enum Field {
        SECOND(0, 59, List.of()),
        MINUTE(0, 59, List.of()),
        HOUR(0, 23, List.of()),
        DAY(1, 31, List.of()),
        MONTH(1, 12, MONTHS),
        WEEKDAY(0, 7, DAYS);

        private final int low;
        private final int high;
        private final List<String> names;

        Field(int low, int high, List<String> names) {
            this.low = low;
            this.high = high;
            this.names = names;
        }

        private int value(String text) {
            int named = names.indexOf(text);
            if (named >= 0) {
                return named + low;
            }
            if (!text.chars().allMatch(Character::isDigit)) {
                throw new IllegalArgumentException("\"" + text + "\" is no " + this);
            }
            int value = Integer.parseInt(text);
            if (value < low || value > high) {
                throw new IllegalArgumentException(value + " is no " + this + ": " + low + " to " + high + " are");
            }
            return value;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads a schedule of five fields.
     *
     * @throws IllegalArgumentException with a reason if it is none
     */
    public static Cron five(String schedule) {
        return read(schedule, List.of(Field.MINUTE, Field.HOUR, Field.DAY, Field.MONTH, Field.WEEKDAY));
    }

    /**
     * Reads a schedule of six fields, seconds first.
     *
     * @throws IllegalArgumentException with a reason if it is none
     */
    public static Cron six(String schedule) {
        return read(
                schedule, List.of(Field.SECOND, Field.MINUTE, Field.HOUR, Field.DAY, Field.MONTH, Field.WEEKDAY));
    }

    /** Whether there is a minute of some day in which both fire; days are not looked at. */
    public boolean meets(Cron other) {
        return minutes.stream().anyMatch(other.minutes::contains)
                && hours.stream().anyMatch(other.hours::contains);
    }

    private static Cron read(String schedule, List<Field> fields) {
        String[] given = schedule.strip().split("\\s+");
        if (schedule.isBlank() || given.length != fields.size()) {
            throw new IllegalArgumentException((schedule.isBlank() ? 0 : given.length) + " fields instead of "
                    + fields.size() + " (" + String.join(" ", fields.stream().map(Field::toString).toList()) + ")");
        }
        TreeSet<Integer> minutes = new TreeSet<>();
        TreeSet<Integer> hours = new TreeSet<>();
        for (int i = 0; i < given.length; i++) {
            TreeSet<Integer> values = values(fields.get(i), given[i].toUpperCase(Locale.ROOT));
            switch (fields.get(i)) {
                case MINUTE -> minutes.addAll(values);
                case HOUR -> hours.addAll(values);
                case SECOND, DAY, MONTH, WEEKDAY -> {}
            }
        }
        return new Cron(minutes, hours);
    }

    private static TreeSet<Integer> values(Field field, String text) {
        TreeSet<Integer> values = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("\"" + part + "\" is no " + field);
            }
            boolean any = matcher.group(1).equals("*") || matcher.group(1).equals("?");
            int step = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
            int from = any ? field.low : field.value(matcher.group(1));
            boolean open = any || (matcher.group(2) == null && matcher.group(3) != null);
            int to = open ? field.high : matcher.group(2) == null ? from : field.value(matcher.group(2));
            if (step == 0 || to < from) {
                throw new IllegalArgumentException("\"" + part + "\" is no " + field);
            }
            for (int value = from; value <= to; value += step) {
                values.add(value);
            }
        }
        return values;
    }
}
