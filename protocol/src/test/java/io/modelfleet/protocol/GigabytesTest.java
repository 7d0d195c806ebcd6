package io.modelfleet.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GigabytesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "49999999, 0.0",
        "50000000, 0.1",
        "12512345678, 12.5",
        "12549999999, 12.5",
        "12550000000, 12.6",
        "999999999999, 1000.0",
        "9223372036854775807, 9.2233720369E9",
    })
    void bytesAreRoundedToOneDecimal(long bytes, double expected) {
        assertThat(Gigabytes.of(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"12500000000, 12.5GB", "8200000000, 8.2GB", "0, 0.0GB", "1234500000000, 1234.5GB"})
    void theTextHasNoGroupsAndOneDecimal(long bytes, String expected) {
        assertThat(Gigabytes.text(bytes)).isEqualTo(expected);
    }

    @Test
    void noLocaleTurnsThePointIntoAComma() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Gigabytes.text(1_234_500_000_000L)).isEqualTo("1234.5GB");
        } finally {
            Locale.setDefault(before);
        }
    }
}
