package io.modelfleet.console.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {
    @Test
    void quotesWhatWouldBreakARow() {
        assertThat(new CsvText().row(List.of("a,b", "say \"hi\"", "two\nlines", "plain")))
                .hasToString("\uFEFF\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",plain\r\n");
    }

    @Test
    void leavesUnknownCellsEmptyAndNumbersAsTheyAre() {
        assertThat(new CsvText().row(Arrays.asList(null, -5, 0.25, "日本語")))
                .hasToString("\uFEFF,-5,0.25,日本語\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=cmd()", "+1", "-1", "@x", "\tx", "＝1", "＠x"})
    void noCellIsRunAsAFormula(String cell) {
        assertThat(new CsvText().row(List.of(cell))).hasToString("\uFEFF'" + cell + "\r\n");
    }
}
