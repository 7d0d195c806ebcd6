package io.modelfleet.console.matrix;

import static io.modelfleet.console.matrix.MatrixFleet.key;
import static io.modelfleet.console.testing.Fleets.NOW;
import static io.modelfleet.console.testing.Fleets.model;
import static io.modelfleet.console.testing.Fleets.models;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.protocol.Agent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MatrixSelectionTest {
    private final MatrixSelection selection = new MatrixSelection();

    @BeforeEach
    void threeByThree() {
        selection.onGrid(grid("a", "b", "c"));
    }

    private static Grid grid(String... nodes) {
        List<Agent> agents = Arrays.stream(nodes).map(MatrixFleet::node).toList();
        return Grid.of(
                MatrixFleet.state(
                        agents,
                        List.of(
                                models(
                                        nodes[0],
                                        model("m:1b", 1),
                                        model("n:1b", 1),
                                        model("o:1b", 1))),
                        List.of()),
                Grid.Wish.EVERYTHING,
                NOW);
    }

    private Position cursor() {
        Position at = selection.cursor().get();
        assertThat(at).isNotNull();
        return at == null ? new Position(0, 0) : at;
    }

    @Test
    void theFirstKeyEntersTheGridAndTheHeadersAreReachable() {
        selection.move(1, 0, false);
        assertThat(cursor()).isEqualTo(new Position(0, 0));
        selection.move(-1, 0, false);
        assertThat(cursor()).isEqualTo(new Position(Position.HEADER, 0));
        selection.move(0, -1, false);
        assertThat(cursor()).isEqualTo(new Position(Position.HEADER, 0));
        selection.move(1, 0, false);
        selection.move(0, -1, false);
        assertThat(cursor()).isEqualTo(new Position(0, Position.HEADER));
    }

    @Test
    void aPageUpStopsAtTheFirstNode() {
        selection.goTo(2, 1);
        selection.move(-20, 0, false);
        assertThat(cursor()).isEqualTo(new Position(0, 1));
        selection.move(20, 0, false);
        assertThat(cursor()).isEqualTo(new Position(2, 1));
    }

    @Test
    void shiftSelectsTheBlockFromWhereTheCursorWas() {
        selection.goTo(0, 0);
        selection.move(1, 0, true);
        selection.move(0, 1, true);
        assertThat(selection.cells().get())
                .containsExactlyInAnyOrder(
                        key("a", "m:1b"), key("a", "n:1b"), key("b", "m:1b"), key("b", "n:1b"));
        selection.move(0, -1, true);
        assertThat(selection.cells().get()).hasSize(2);
    }

    @Test
    void spaceAddsAndTakesAway() {
        selection.toggle(new Position(1, 1));
        selection.toggle(new Position(2, 2));
        selection.toggle(new Position(1, 1));
        assertThat(selection.cells().get()).containsExactly(key("c", "o:1b"));
        assertThat(selection.clear()).isTrue();
        assertThat(selection.clear()).isFalse();
    }

    @Test
    void cursorAndSelectionStayWithTheirNodes() {
        selection.goTo(1, 1);
        selection.toggle(new Position(1, 1));
        selection.onGrid(grid("a", "aa", "b", "c"));
        assertThat(cursor()).isEqualTo(new Position(2, 1));
        assertThat(selection.cells().get()).containsExactly(key("b", "n:1b"));
    }

    @Test
    void aCursorWhoseNodeHasGoneStaysInItsPlace() {
        selection.goTo(2, 1);
        selection.onGrid(grid("a", "b"));
        assertThat(cursor()).isEqualTo(new Position(1, 1));
        selection.onGrid(Grid.EMPTY);
        assertThat(selection.cursor().get()).isNull();
    }
}
