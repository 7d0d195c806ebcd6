package io.modelfleet.console.matrix;

import static io.modelfleet.console.testing.Fleets.id;
import static io.modelfleet.console.testing.Fleets.model;
import static io.modelfleet.console.testing.Fleets.models;
import static io.modelfleet.console.testing.Fleets.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.client.FleetClient;
import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.protocol.DistributeReply;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskCreated;
import io.modelfleet.protocol.TaskStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixViewModelTest {
    private static final String MODEL = "mistral:7b";
    private static final FleetState FLEET =
            MatrixFleet.state(
                    List.of(
                            MatrixFleet.node("has"),
                            MatrixFleet.node("lacks"),
                            MatrixFleet.node("lacks-too"),
                            MatrixFleet.offline("off"),
                            MatrixFleet.paused("paused")),
                    List.of(models("has", model(MODEL, 4.4))),
                    List.of());

    @TempDir private Path folder;
    private final FleetServer server = new FleetServer().start();
    private final FleetClient client = new FleetClient(server.url(), null, () -> Locale.ENGLISH);
    private Desk desk = new Desk(client, Path.of("unused"));

    @BeforeEach
    void open() {
        desk = new Desk(client, folder).show(FLEET);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Position at(String node) {
        Grid grid = desk.model.grid().get();
        return Objects.requireNonNull(grid.find(MatrixFleet.key(node, MODEL)), node);
    }

    private Target target(String node) {
        return desk.model.target(at(node));
    }

    private void answersPull(String node) {
        server.answer(
                "POST /api/agents/" + id(node) + "/models/pull",
                Answer.json(202, new TaskCreated(id("task"), null)));
    }

    private String body() {
        return server.requests().getLast().body();
    }

    private Cell.Kind kind(String node) {
        return desk.model.cell(at(node).row(), at(node).column()).kind();
    }

    @Test
    void onlyAnAbsentCellOfANodeThatCanStartNeedsNoQuestion() {
        assertThat(desk.model.isAtOnce(at("lacks"))).isTrue();
        assertThat(desk.model.isAtOnce(at("has"))).isFalse();
        assertThat(desk.model.isAtOnce(at("off"))).isFalse();
        assertThat(desk.model.isAtOnce(at("paused"))).isFalse();
    }

    @Test
    void offersWhatFitsTheCell() {
        assertThat(Act.of(target("has"))).containsExactly(Act.SKIP, Act.DOWNLOAD_AGAIN, Act.REMOVE);
        assertThat(Act.of(target("off"))).containsExactly(Act.START_WHEN_BACK);
        assertThat(Act.of(target("paused"))).containsExactly(Act.START_WHEN_RESUMED);
    }

    @Test
    void aPullIsShownAtOnceAndOnlyAskedForOnce() {
        answersPull("lacks");
        desk.model.perform(Act.DISTRIBUTE, target("lacks"));
        desk.model.perform(Act.DISTRIBUTE, target("lacks"));
        assertThat(server.requests()).hasSize(1);
        assertThat(body()).isEqualTo("{\"model_name\":\"mistral:7b\"}");
        assertThat(kind("lacks")).isEqualTo(Cell.Kind.QUEUED);
        assertThat(desk.said).containsExactly("mistral:7b is on its way to lacks. [Undo]");
    }

    @Test
    void undoCancelsTheTask() {
        answersPull("lacks");
        server.answer(
                "POST /api/tasks/" + id("task") + "/cancel",
                Answer.json(200, task("lacks", MODEL, TaskStatus.CANCELLED, 0)));
        desk.model.perform(Act.DISTRIBUTE, target("lacks"));
        desk.press();
        assertThat(server.requests().getLast().line())
                .isEqualTo("POST /api/tasks/" + id("task") + "/cancel");
        assertThat(kind("lacks")).isEqualTo(Cell.Kind.ABSENT);
    }

    @Test
    void anOfflineNodeGetsItsTaskWhenItIsBack() {
        answersPull("off");
        desk.model.perform(Act.START_WHEN_BACK, target("off"));
        assertThat(body())
                .isEqualTo("{\"model_name\":\"mistral:7b\",\"on_unavailable\":\"queue\"}");
    }

    @Test
    void aNodeThatHasJustGoneOfflineIsRefusedAndOfferedForLater() {
        String line = "POST /api/agents/" + id("lacks") + "/models/pull";
        server.answer(line, Answer.problem(503, "AGENT_OFFLINE", "node lacks is offline"));
        desk.model.perform(Act.DISTRIBUTE, target("lacks"));
        assertThat(desk.said).containsExactly("✗ node lacks is offline [Start when possible]");
        assertThat(kind("lacks")).isEqualTo(Cell.Kind.ABSENT);
        answersPull("lacks");
        desk.press();
        assertThat(body()).contains("\"on_unavailable\":\"queue\"");
    }

    @Test
    void otherRefusalsAreSaidInTheServersWords() {
        server.answer(
                "POST /api/agents/" + id("lacks") + "/models/pull",
                Answer.problem(403, "FORBIDDEN", "this token may only look"));
        desk.model.perform(Act.DISTRIBUTE, target("lacks"));
        assertThat(desk.said).containsExactly("✗ this token may only look");
    }

    @Test
    void aModelIsRemovedOnlyAfterAsking() {
        String line = "DELETE /api/agents/" + id("has") + "/models/mistral:7b";
        server.answer(line, Answer.json(202, new TaskCreated(id("task"), null)));
        desk.model.perform(Act.REMOVE, target("has"));
        assertThat(server.requests()).isEmpty();
        assertThat(desk.question().touched()).containsExactly("has");
        desk.sayYes();
        assertThat(server.requests().getLast().method()).isEqualTo("DELETE");
    }

    @Test
    void aFailedCellIsTriedAgainAsATaskOfItsOwn() {
        desk.show(
                MatrixFleet.state(
                        List.of(MatrixFleet.node("lacks")),
                        List.of(),
                        List.of(
                                task(
                                        "lacks",
                                        MODEL,
                                        TaskStatus.FAILED,
                                        .2,
                                        "no space left",
                                        "DISK_FULL"))));
        assertThat(desk.model.sentence(at("lacks"))).contains("failed", "no space left");
        String line = "POST /api/tasks/" + id("lacks/" + MODEL) + "/retry";
        server.answer(line, Answer.json(202, new TaskCreated(id("again"), null)));
        Target seen = target("lacks");
        desk.model.perform(Act.RETRY, seen);
        assertThat(server.requests().getLast().line()).isEqualTo(line);
        assertThat(kind("lacks")).isEqualTo(Cell.Kind.QUEUED);
        desk.model.perform(Act.SHOW_TASK, seen);
        assertThat(desk.opened).containsExactly("tasks " + id("lacks/" + MODEL));
    }

    @Test
    void aColumnGoesToTheNodesThatLackTheModelAndCanTakeIt() {
        server.answer(
                "POST /api/models/distribute",
                Answer.json(202, new DistributeReply(List.of(id("t1"), id("t2")), null)));
        desk.model.distributeColumn(ModelName.parse(MODEL));
        assertThat(desk.question().title()).isEqualTo("Distribute mistral:7b to 2 nodes?");
        assertThat(desk.question().text()).contains("4.4 GB each, 8.8 GB in all", "2 more");
        assertThat(desk.question().touched()).containsExactly("lacks", "lacks-too");
        assertThat(server.requests()).isEmpty();
        desk.sayYes();
        assertThat(body())
                .isEqualTo(
                        "{\"model_name\":\"mistral:7b\",\"target\":\"specific\",\"agent_ids\":[\"%s\",\"%s\"],\"if_installed\":\"skip\"}"
                                .formatted(id("lacks"), id("lacks-too")));
        assertThat(desk.said).containsExactly("2 tasks were started. [Undo]");
    }

    @Test
    void aBlockLeavesOutWhatIsThereAndQueuesWhatIsAway() {
        server.answer(
                "POST /api/models/distribute",
                Answer.json(202, new DistributeReply(List.of(id("t1")), null)));
        desk.model.selection().goTo(0, 0);
        desk.model.selection().extendTo(new Position(4, 0));
        assertThat(desk.model.plan().get().cells()).isEqualTo(4);
        assertThat(desk.model.plan().get().later()).isEqualTo(2);
        desk.model.distributeSelection();
        assertThat(body())
                .contains("\"on_unavailable\":\"queue\"", id("off").toString())
                .doesNotContain(id("has").toString());
        assertThat(desk.model.selection().cells().get()).isEmpty();
    }

    @Test
    void anAddedColumnIsThereBeforeAnyNodeHasTheModelAndCanBeTakenAway() {
        desk.model.addColumn(ModelName.parse("phi4:14b"), 9_100_000_000L);
        List<ModelColumn> columns = desk.model.grid().get().columns();
        assertThat(columns.getFirst().isUnused()).isFalse();
        assertThat(columns.getLast().name()).hasToString("phi4:14b");
        assertThat(columns.getLast().isUnused()).isTrue();
        desk.model.hideColumn(columns.getLast().name());
        assertThat(desk.model.grid().get().columns()).hasSize(1);
    }

    @Test
    void whatNobodySeesIsNotComputed() {
        Grid before = desk.model.grid().get();
        desk.model.onShown(false);
        desk.show(MatrixFleet.state(List.of(), List.of(), List.of()));
        assertThat(desk.model.grid().get()).isSameAs(before);
        desk.model.onShown(true);
        assertThat(desk.model.grid().get().rows()).isEmpty();
    }

    @Test
    void aTargetFromAnotherPageTakesTheCursorThere() {
        desk.model.filterText().set("nothing like this");
        desk.model.goTo(id("off").toString());
        assertThat(desk.model.status().get()).startsWith("off × ");
        desk.model.goTo(MODEL);
        assertThat(desk.model.selection().cursor().get()).isEqualTo(new Position(3, 0));
    }
}
