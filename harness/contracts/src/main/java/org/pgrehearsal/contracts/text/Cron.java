package org.pgrehearsal.contracts.text;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A schedule: the five fields of a CronJob, or six with the seconds first, as CNPG wants them.
 *
 * @param fields the values of each at which it may fire
 */
public record Cron(Map<Field, TreeSet<Integer>> fields) {
    private static final Pattern PART = Pattern.compile("(\\*|\\?|[A-Z0-9]+)(?:-([A-Z0-9]+))?(?:/([0-9]+))?");
    /** A field of a schedule. */
    public enum Field {
        SECOND(0, 59, ""),
        MINUTE(0, 59, ""),
        HOUR(0, 23, ""),
        DAY(1, 31, ""),
        MONTH(1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
        WEEKDAY(0, 7, "SUN MON TUE WED THU FRI SAT");

        private final int low;
        private final int high;
        private final String names;

        Field(int low, int high, String names) {
            this.low = low;
            this.high = high;
            this.names = names;
        }

        private int value(String text) {
            int named = List.of(names.split(" ")).indexOf(text);
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
        return read(schedule, List.of(Field.SECOND, Field.MINUTE, Field.HOUR, Field.DAY, Field.MONTH, Field.WEEKDAY));
    }

    /** How often it fires on a day on which it does. */
    public int timesADay() {
        return of(Field.MINUTE).size() * of(Field.HOUR).size();
    }

    /** Whether there may be a minute in which both fire. */
    public boolean meets(Cron other) {
        return Stream.of(Field.values())
                .filter(field -> field != Field.SECOND)
                .allMatch(field -> of(field).stream().anyMatch(other.of(field)::contains));
    }

    private TreeSet<Integer> of(Field field) {
        return fields.getOrDefault(field, new TreeSet<>());
    }

    private static Cron read(String schedule, List<Field> fields) {
        String[] given = schedule.strip().split("\\s+");
        if (schedule.isBlank() || given.length != fields.size()) {
            throw new IllegalArgumentException((schedule.isBlank() ? 0 : given.length) + " fields instead of "
                    + fields.size() + " ("
                    + String.join(" ", fields.stream().map(Field::toString).toList()) + ")");
        }
        Map<Field, TreeSet<Integer>> values = new EnumMap<>(Field.class);
        for (int i = 0; i < given.length; i++) {
            values.put(fields.get(i), values(fields.get(i), given[i].toUpperCase(Locale.ROOT)));
        }
        return new Cron(values);
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
                // Sunday has two numbers
                values.add(field == Field.WEEKDAY ? value % 7 : value);
            }
        }
        return values;
    }
}
