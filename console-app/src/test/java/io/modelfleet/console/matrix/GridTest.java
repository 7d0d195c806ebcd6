package io.modelfleet.console.matrix;

import static io.modelfleet.console.testing.Fleets.NOW;
import static io.modelfleet.console.testing.Fleets.model;
import static io.modelfleet.console.testing.Fleets.models;
import static io.modelfleet.console.testing.Fleets.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GridTest {
    private static final FleetState OFFICE = FleetState.EMPTY.apply(MatrixFleet.office());

    private static Grid grid(String filter, Show show) {
        return Grid.of(
                OFFICE, new Grid.Wish(MatrixFilter.parse(filter), show, Map.of(), Set.of()), NOW);
    }

    private static List<String> rows(Grid grid) {
        return grid.rows().stream().map(Grid::name).toList();
    }

    private static List<String> columns(Grid grid) {
        return grid.columns().stream().map(column -> column.name().toString()).toList();
    }

    @Test
    void hasARowForEveryNodeAndAColumnForEveryModelHeldOrOnItsWay() {
        FleetState fleet =
                MatrixFleet.state(
                        List.of(MatrixFleet.node("b"), MatrixFleet.node("a")),
                        List.of(models("a", model("qwen3:8b", 5), model("gemma3:12b", 8))),
                        List.of(
                                task("b", "mistral:7b", TaskStatus.QUEUED, 0),
                                task("b", "phi4:14b", TaskStatus.FAILED, 0),
                                task("b", "gone:1b", TaskStatus.CANCELLED, 0)));
        Grid grid = Grid.of(fleet, Grid.Wish.EVERYTHING, NOW);
        assertThat(rows(grid)).containsExactly("a", "b");
        assertThat(columns(grid))
                .containsExactly("gemma3:12b", "mistral:7b", "phi4:14b", "qwen3:8b");
    }

    @Test
    void hasColumnsThatAnOperatorAddedAndNotThoseThatWereTakenAway() {
        ModelName added = ModelName.parse("phi4:14b");
        FleetState fleet =
                MatrixFleet.state(
                        List.of(MatrixFleet.node("a")),
                        List.of(models("a", model("qwen3:8b", 5))),
                        List.of(task("a", "typo:1b", TaskStatus.FAILED, 0)));
        Grid grid =
                Grid.of(
                        fleet,
                        new Grid.Wish(
                                MatrixFilter.ALL,
                                Show.ALL,
                                Map.of(added, 9L),
                                Set.of(ModelName.parse("typo:1b"), ModelName.parse("qwen3:8b"))),
                        NOW);
        assertThat(columns(grid)).containsExactly("phi4:14b", "qwen3:8b");
        assertThat(grid.columns().getFirst().size()).isEqualTo(9L);
    }

    @Test
    void theVersionInstalledLastIsTheNewest() {
        FleetState fleet =
                MatrixFleet.state(
                        List.of(MatrixFleet.node("a"), MatrixFleet.node("b")),
                        List.of(
                                models("a", MatrixFleet.version("m:1b", 1, "one", NOW)),
                                models(
                                        "b",
                                        MatrixFleet.version(
                                                "m:1b", 1, "two", MatrixFleet.before()))),
                        List.of());
        Grid grid = Grid.of(fleet, Grid.Wish.EVERYTHING, NOW);
        assertThat(grid.cell(0, 0, NOW).kind()).isEqualTo(Cell.Kind.INSTALLED);
        assertThat(grid.cell(1, 0, NOW).kind()).isEqualTo(Cell.Kind.OLD);
        assertThat(grid.columns().getFirst().holders()).isEqualTo(2);
    }

    @Test
    void wordsNarrowNodesAndModels() {
        Grid grid = grid("tag:school gpu:3060 model:llama3", Show.ALL);
        assertThat(rows(grid)).containsExactly("gpu-07", "gpu-08", "ws-33");
        assertThat(columns(grid)).containsExactly("llama3.2:3b", "llama3.3:70b-instruct-q4_K_M");
        assertThat(rows(grid("研究室", Show.ALL))).containsExactly("研究室ワークステーション");
    }

    @Test
    void showsOnlyWhereSomethingIsUnderWay() {
        Grid grid = grid("", Show.ACTIVE);
        assertThat(columns(grid)).containsExactly("gemma3:12b", "mistral:7b", "qwen3:8b");
        assertThat(rows(grid)).contains("gpu-01", "gpu-08").doesNotContain("gpu-04", "ws-34");
    }

    @Test
    void showsOnlyWhatFailed() {
        Grid grid = grid("", Show.FAILED);
        assertThat(columns(grid)).containsExactly("llama3.2:3b", "qwen3:8b");
        assertThat(rows(grid)).containsExactly("gpu-01", "ws-34");
    }

    @Test
    void differencesLeaveOutWhatAllNodesHaveAlike() {
        FleetState fleet =
                MatrixFleet.state(
                        List.of(
                                MatrixFleet.node("a"),
                                MatrixFleet.node("b"),
                                MatrixFleet.node("c")),
                        List.of(
                                models("a", model("same:1b", 1), model("some:1b", 1)),
                                models("b", model("same:1b", 1), model("some:1b", 1)),
                                models("c", model("same:1b", 1))),
                        List.of());
        Grid grid =
                Grid.of(
                        fleet,
                        new Grid.Wish(MatrixFilter.ALL, Show.DIFFERENCES, Map.of(), Set.of()),
                        NOW);
        assertThat(columns(grid)).containsExactly("some:1b");
        assertThat(rows(grid)).containsExactly("c");
    }

    @Test
    void theNewestTaskOfACellCounts() {
        FleetState fleet =
                MatrixFleet.state(
                        List.of(MatrixFleet.node("a")),
                        List.of(),
                        List.of(task("a", "m:1b", TaskStatus.FAILED, 0)));
        Grid before = Grid.of(fleet, Grid.Wish.EVERYTHING, NOW);
        assertThat(before.cell(0, 0, NOW).kind()).isEqualTo(Cell.Kind.FAILED);
        assertThat(before.newest()).containsKey(MatrixFleet.key("a", "m:1b"));
        assertThat(Fleets.id("a")).isEqualTo(before.rows().getFirst().id());
    }
}
