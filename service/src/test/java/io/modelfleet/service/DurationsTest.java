package io.modelfleet.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "5s, PT5S",
        "2m, PT2M",
        "1h, PT1H",
        "30d, PT720H",
        "0s, PT0S",
        "999999999d, PT23999999976H",
    })
    void numbersWithUnitsAreDurations(String text, Duration expected) {
        assertThat(new Durations().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "s", "-1s", "1.5s", "5 s", "5S", "1w", "1s1s", "9999999999s", "５s"})
    void anythingElseIsRefusedWithExamples(String text) {
        assertThatThrownBy(() -> new Durations().convert(text))
                .isInstanceOf(CommandLine.TypeConversionException.class)
                .hasMessage("'" + text + "' is no duration such as 500ms, 5s, 2m, 1h or 30d");
    }
}
