package io.modelfleet.console.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ColumnChoiceTest {
    private final ColumnChoice choice = new ColumnChoice();

    private static double widthOf(Column... columns) {
        return Arrays.stream(columns).mapToDouble(Column::width).sum();
    }

    @Test
    void allAreShownWhereThereIsRoom() {
        assertThat(choice.fitting(widthOf(Column.values()))).containsExactly(Column.values());
    }

    @Test
    void theLessImportantGoFirst() {
        double room = widthOf(Column.NAME, Column.PRESENCE, Column.GPUS) + 10;
        assertThat(choice.fitting(room)).containsExactly(Column.NAME, Column.PRESENCE, Column.GPUS);
    }

    @Test
    void theNameStaysWhateverTheRoomAndTheWish() {
        choice.want(Column.NAME, false);
        assertThat(choice.fitting(0)).containsExactly(Column.NAME);
    }

    @Test
    void whatIsNotWantedMakesRoomForTheNext() {
        choice.want(Column.PRESENCE, false);
        assertThat(choice.fitting(widthOf(Column.NAME, Column.GPUS)))
                .containsExactly(Column.NAME, Column.GPUS);
        assertThat(choice.isWanted(Column.PRESENCE)).isFalse();
    }

    @Test
    void whatWasAskedForByHandComesFirst() {
        choice.want(Column.AGENT, false);
        choice.want(Column.AGENT, true);
        assertThat(choice.fitting(widthOf(Column.NAME, Column.AGENT) + 5))
                .containsExactly(Column.NAME, Column.AGENT);
    }
}
