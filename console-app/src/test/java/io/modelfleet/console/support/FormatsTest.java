package io.modelfleet.console.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private final Formats english = new Formats(new Messages(Language.EN), ZoneOffset.UTC);
    private final Formats japanese = new Formats(new Messages(Language.JA), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1500, 1.5 kB",
        "999960, 1.0 MB",
        "12500000000, 12.5 GB",
        "160000000000, 160 GB",
        "999999999999, 1.0 TB"
    })
    void bytesTakeDecimalUnits(long bytes, String text) {
        assertThat(english.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void whatIsNotKnownIsNotZero() {
        assertThat(english.bytes(null)).isEqualTo(Formats.UNKNOWN);
        assertThat(english.percent(null)).isEqualTo(Formats.UNKNOWN);
        assertThat(english.age(null, NOW)).isEqualTo(Formats.UNKNOWN);
        assertThat(english.speed(0)).isEmpty();
    }

    @Test
    void aHundredPercentMeansDone() {
        assertThat(english.fraction(0.999)).isEqualTo("99 %");
        assertThat(english.fraction(1)).isEqualTo("100 %");
    }

    @Test
    void agesAndDurationsFollowTheLanguage() {
        assertThat(english.age(NOW.minusSeconds(130), NOW)).isEqualTo("2 min ago");
        assertThat(japanese.age(NOW.minusSeconds(130), NOW)).isEqualTo("2 分前");
        assertThat(english.age(NOW.plusSeconds(5), NOW)).isEqualTo("0 s ago");
        assertThat(english.duration(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
        assertThat(japanese.duration(Duration.ofHours(26))).isEqualTo("1 日 2 時間");
    }

    @Test
    void aShareNamesItsUnitOnceWhereItIsTheSame() {
        assertThat(english.share(14_900_000_000L, 24_000_000_000L)).isEqualTo("14.9 / 24.0 GB");
        assertThat(english.gpuMemory(24L << 30)).isEqualTo("24.0 GB");
        assertThat(english.gpuMemoryShare(6L << 30, 24L << 30)).isEqualTo("6.0 / 24.0 GB");
        assertThat(english.share(800_000_000L, 24_000_000_000L)).isEqualTo("800 MB / 24.0 GB");
        assertThat(english.share(null, 24_000_000_000L)).isEqualTo("– / 24.0 GB");
    }
}
