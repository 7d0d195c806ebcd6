package io.modelfleet.console.support;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers, sizes and times as the chosen language writes them. What is not known is {@value
 * #UNKNOWN}, never 0.
 */
public final class Formats {
    public static final String UNKNOWN = "–";

    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB");
    private static final int STEP = 1000;

    private final Messages messages;
    private final ZoneId zone;

    public Formats(Messages messages, ZoneId zone) {
        this.messages = messages;
        this.zone = zone;
    }

    /** Decimal units, three digits at most: {@code 12.5 GB}, {@code 840 MB}. */
    public String bytes(@Nullable Long bytes) {
        if (bytes == null) {
            return UNKNOWN;
        }
        double value = bytes;
        int unit = 0;
        // 999.6 would be written as 1000.
        while (Math.abs(value) >= STEP - 0.5 && unit < UNITS.size() - 1) {
            value /= STEP;
            unit++;
        }
        return number(value, unit > 0 && Math.abs(value) < 99.95 ? 1 : 0) + " " + UNITS.get(unit);
    }

    /**
     * GPU memory in the units of its makers, which call 2^30 bytes a gigabyte: a 24 GB card has
     * {@code 24.0 GB}.
     */
    public String gpuMemory(@Nullable Long bytes) {
        return bytes(decimal(bytes));
    }

    /** As {@link #share}, in the units of {@link #gpuMemory}. */
    public String gpuMemoryShare(@Nullable Long part, @Nullable Long whole) {
        return share(decimal(part), decimal(whole));
    }

    private static @Nullable Long decimal(@Nullable Long bytes) {
        return bytes == null ? null : Long.valueOf(Math.round(bytes * 1e9 / (1L << 30)));
    }

    /** Part and whole, with one unit where it is the same: {@code 14.9 / 24.0 GB}. */
    public String share(@Nullable Long part, @Nullable Long whole) {
        String first = bytes(part);
        String second = bytes(whole);
        int space = first.indexOf(' ');
        boolean sameUnit = space > 0 && second.endsWith(first.substring(space));
        return (sameUnit ? first.substring(0, space) : first) + " / " + second;
    }

    /**
     * @param bytesPerSecond 0 or less means that nothing moves, and gives an empty text
     */
    public String speed(long bytesPerSecond) {
        return bytesPerSecond <= 0 ? "" : bytes(bytesPerSecond) + "/s";
    }

    /**
     * @param fraction 0 to 1; 100 % is shown only for 1 itself
     */
    public String fraction(double fraction) {
        return percent(fraction >= 1 ? 100.0 : Math.min(99, Math.floor(fraction * 100)));
    }

    /**
     * @param percent 0 to 100
     */
    public String percent(@Nullable Double percent) {
        return percent == null ? UNKNOWN : number(percent, 0) + " %";
    }

    /**
     * @param degrees Celsius
     */
    public String temperature(@Nullable Integer degrees) {
        return degrees == null ? UNKNOWN : number(degrees, 0) + " °C";
    }

    public String count(long count) {
        return number((double) count, 0);
    }

    /** How long something takes, in its two largest units: {@code 2 min 5 s}. */
    public String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return messages.text("duration.s", seconds);
        }
        if (seconds < 3600) {
            return messages.text("duration.min", seconds / 60, seconds % 60);
        }
        long hours = seconds / 3600;
        return hours < 24
                ? messages.text("duration.h", hours, seconds % 3600 / 60)
                : messages.text("duration.d", hours / 24, hours % 24);
    }

    /** How long ago something was, in its largest unit: {@code 3 min ago}. */
    public String age(@Nullable Instant then, Instant now) {
        if (then == null) {
            return UNKNOWN;
        }
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < 60) {
            return messages.text("age.s", seconds);
        }
        if (seconds < 3600) {
            return messages.text("age.min", seconds / 60);
        }
        return seconds < 86_400
                ? messages.text("age.h", seconds / 3600)
                : messages.text("age.d", seconds / 86_400);
    }

    /** Date and time of day in the operator's own time zone. */
    public String time(@Nullable Instant time) {
        return time == null
                ? UNKNOWN
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(messages.locale())
                        .withZone(zone)
                        .format(time);
    }

    private String number(double value, int decimals) {
        NumberFormat format = NumberFormat.getNumberInstance(messages.locale());
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(value);
    }
}
