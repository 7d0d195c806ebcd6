package io.modelfleet.console.tasks;

import static io.modelfleet.console.tasks.TaskSamples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.testing.Desk;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskCreated;
import io.modelfleet.protocol.TaskPage;
import io.modelfleet.protocol.TaskStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksViewModelTest {
    private static final TaskSamples.Sample RUNNING =
            sample("gpu-01", "mistral:7b", TaskStatus.DOWNLOADING, 5).progress(.3);

    @TempDir private Path folder;
    private final FleetServer server = new FleetServer().start();
    private Desk desk = new Desk(server, Path.of("."));
    private TasksViewModel model = new TasksViewModel(desk.context(), name -> Optional.empty());
    private FleetState fleet = FleetState.EMPTY;

    @BeforeEach
    void page() {
        desk = new Desk(server, folder);
        model =
                new TasksViewModel(
                        desk.context(), name -> Optional.of(folder.resolve("out").resolve(name)));
    }

    @AfterEach
    void end() {
        desk.close();
        server.close();
    }

    private void show(TaskSamples.Sample... samples) {
        show(List.of(samples).stream().map(TaskSamples.Sample::task).toArray(Task[]::new));
    }

    private void show(Task... tasks) {
        fleet =
                fleet.apply(
                        fleet.version() == FleetState.NO_VERSION
                                ? TaskSamples.fleet(1, List.of(tasks))
                                : TaskSamples.tasks(fleet.version() + 1, tasks));
        model.onFleet(fleet);
    }

    private List<String> shown() {
        return model.rows().stream()
                .map(row -> row.now().node() + " " + row.now().task().modelName())
                .toList();
    }

    private List<String> requests() {
        return server.requests().stream().map(FleetServer.Request::line).toList();
    }

    @Test
    void theNewestTaskIsOnTop() {
        show(
                sample("gpu-01", "a:1", TaskStatus.COMPLETED, 9),
                sample("gpu-02", "b:1", TaskStatus.PENDING, 1),
                sample("gpu-03", "c:1", TaskStatus.FAILED, 4));
        assertThat(shown()).containsExactly("gpu-02 b:1", "gpu-03 c:1", "gpu-01 a:1");
    }

    @Test
    void aTaskKeepsItsRowAndItsPlaceWhenItFinishes() {
        show(RUNNING, sample("gpu-02", "b:1", TaskStatus.PENDING, 1));
        TaskRow row = model.rows().getLast();
        Task before = RUNNING.task();
        Task after = new TaskSamples.Sample("gpu-01", "mistral:7b", TaskStatus.COMPLETED, 5).task();
        assertThat(after.id()).isEqualTo(before.id());
        show(after);
        assertThat(model.rows().getLast()).isSameAs(row);
        assertThat(row.now().task().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void rowsStayWhereTheyAreWhileTheFiguresTheyAreSortedByChange() {
        show(RUNNING, sample("gpu-02", "b:1", TaskStatus.DOWNLOADING, 1).progress(.5));
        model.list().order().set(Comparator.comparingDouble(row -> row.now().task().progress()));
        assertThat(shown()).containsExactly("gpu-01 mistral:7b", "gpu-02 b:1");
        show(RUNNING.progress(.9));
        assertThat(shown()).containsExactly("gpu-01 mistral:7b", "gpu-02 b:1");
        model.list()
                .order()
                .set(
                        Comparator.<TaskRow>comparingDouble(row -> row.now().task().progress())
                                .reversed());
        assertThat(shown()).containsExactly("gpu-01 mistral:7b", "gpu-02 b:1");
    }

    @Test
    void newTasksWaitWhileOneReadsFurtherDown() {
        show(RUNNING);
        model.list().reading(true);
        show(sample("gpu-02", "b:1", TaskStatus.PENDING, 0));
        assertThat(shown()).containsExactly("gpu-01 mistral:7b");
        assertThat(model.list().waiting().get()).isEqualTo(1);
        model.list().reading(false);
        assertThat(shown()).containsExactly("gpu-02 b:1", "gpu-01 mistral:7b");
        assertThat(model.list().waiting().get()).isZero();
    }

    @Test
    void aSelectedTaskStaysInAFilteredListWhenItGoesOn() {
        show(RUNNING, sample("gpu-02", "b:1", TaskStatus.DOWNLOADING, 1));
        model.group().set(TaskGroup.RUNNING);
        model.select(List.of(model.rows().getLast()));
        show(
                sample("gpu-01", "mistral:7b", TaskStatus.COMPLETED, 5),
                sample("gpu-02", "b:1", TaskStatus.COMPLETED, 1));
        assertThat(shown()).containsExactly("gpu-01 mistral:7b");
        model.select(List.of());
        show(sample("gpu-03", "c:1", TaskStatus.DOWNLOADING, 0));
        assertThat(shown()).containsExactly("gpu-03 c:1");
    }

    @Test
    void filtersByNodeModelAndText() {
        show(
                RUNNING,
                sample("gpu-02", "mistral:7b", TaskStatus.FAILED, 1).error("disk", "DISK_FULL"),
                sample("gpu-02", "b:1", TaskStatus.PENDING, 2));
        model.node().set(Fleets.id("gpu-02"));
        assertThat(shown()).containsExactly("gpu-02 mistral:7b", "gpu-02 b:1");
        model.filterText().set("error:DISK_f");
        assertThat(shown()).containsExactly("gpu-02 mistral:7b");
        assertThat(model.showAll()).isTrue();
        model.model().set(RUNNING.task().modelName());
        assertThat(shown()).containsExactly("gpu-02 mistral:7b", "gpu-01 mistral:7b");
        assertThat(model.counts().get().of(TaskGroup.FAILED)).isEqualTo(1);
        assertThat(model.counts().get().of(TaskGroup.WAITING)).isZero();
    }

    @Test
    void retryAllLeavesOutWhatWasTriedAgainAndNodesThatAreGone() {
        show(
                sample("gpu-01", "a:1", TaskStatus.FAILED, 9),
                sample("gpu-01", "a:1", TaskStatus.COMPLETED, 3),
                sample("gpu-02", "b:1", TaskStatus.FAILED, 8),
                sample("gone", "c:1", TaskStatus.FAILED, 7));
        UUID failed = sample("gpu-02", "b:1", TaskStatus.FAILED, 8).id();
        server.answer(
                "POST /api/tasks/" + failed + "/retry",
                Answer.json(202, new TaskCreated(Fleets.id("again"), null)));
        model.retryAllFailed();
        assertThat(desk.question().title()).isEqualTo("Retry 1 failed task?");
        assertThat(desk.question().touched()).containsExactly("b:1 → gpu-02");
        assertThat(requests()).isEmpty();
        desk.sayYes();
        assertThat(requests()).containsExactly("POST /api/tasks/" + failed + "/retry");
        assertThat(desk.said()).containsExactly("Started again: b:1 → gpu-02");
    }

    @Test
    void anOfflineNodeOffersToStartWhenItIsBack() {
        TaskSamples.Sample failed = sample("gpu-03", "b:1", TaskStatus.FAILED, 8);
        show(failed);
        server.answer(
                "POST /api/tasks/" + failed.id() + "/retry",
                Answer.problem(503, "AGENT_OFFLINE", "node is offline"));
        String pull = "POST /api/agents/" + Fleets.id("gpu-03") + "/models/pull";
        server.answer(pull, Answer.json(202, new TaskCreated(Fleets.id("again"), null)));
        model.select(model.rows());
        model.retry();
        assertThat(desk.said()).last().asString().endsWith("[Start when it is back]");
        desk.press();
        assertThat(requests()).last().isEqualTo(pull);
        assertThat(server.requests().getLast().body())
                .isEqualTo("{\"model_name\":\"b:1\",\"on_unavailable\":\"queue\"}");
    }

    @Test
    void refusalsAreSaidOnceInTheServersWords() {
        show(RUNNING, sample("gpu-02", "b:1", TaskStatus.PENDING, 1));
        for (TaskRow row : model.rows()) {
            server.answer(
                    "POST /api/tasks/" + row.id() + "/cancel",
                    Answer.problem(409, "TASK_FINISHED", "it is finished already"));
        }
        model.select(model.rows());
        model.cancel();
        assertThat(desk.said())
                .containsExactly(
                        "✗ 2 tasks were refused. First, b:1 → gpu-02: it is finished already");
    }

    @Test
    void olderTasksAreFetchedPageByPageWithTheFilter() {
        show(RUNNING);
        Task old = sample("gpu-01", "old:1", TaskStatus.FAILED, 900).task();
        server.answer("GET /api/tasks", Answer.json(200, new TaskPage(List.of(old), "next")));
        model.group().set(TaskGroup.FAILED);
        model.loadOlder();
        assertThat(requests()).containsExactly("GET /api/tasks?status=failed&limit=200");
        assertThat(shown()).containsExactly("gpu-01 old:1");
        assertThat(model.older().progress().get()).isEqualTo(OlderTasks.Progress.MORE);
        Task older = sample("gpu-01", "old:2", TaskStatus.FAILED, 950).task();
        server.answer("GET /api/tasks", Answer.json(200, new TaskPage(List.of(older), null)));
        model.loadOlder();
        assertThat(requests()).last().asString().endsWith("cursor=next");
        assertThat(shown()).containsExactly("gpu-01 old:1", "gpu-01 old:2");
        assertThat(model.older().progress().get()).isEqualTo(OlderTasks.Progress.DONE);
        model.loadOlder();
        assertThat(requests()).hasSize(2);
    }

    @Test
    void olderTasksThatCannotBeFetchedCanBeAskedForAgain() {
        show(RUNNING);
        server.answer("GET /api/tasks", Answer.problem(500, "INTERNAL", "no"));
        model.loadOlder();
        assertThat(model.older().progress().get()).isEqualTo(OlderTasks.Progress.FAILED);
        server.answer("GET /api/tasks", Answer.json(200, new TaskPage(List.of(), null)));
        model.loadOlder();
        assertThat(model.older().progress().get()).isEqualTo(OlderTasks.Progress.DONE);
    }

    @Test
    void timeLeftIsHiddenRatherThanGuessed() {
        assertThat(TaskFacts.of(RUNNING.task(), "gpu-01").timeLeft()).isPresent();
        assertThat(TaskFacts.of(RUNNING.removal().task(), "gpu-01").timeLeft()).isEmpty();
        Task waiting = sample("gpu-02", "b:1", TaskStatus.PENDING, 1).task();
        assertThat(TaskFacts.of(waiting, "gpu-02").timeLeft()).isEmpty();
    }

    @Test
    void exportsWhatIsListed() throws Exception {
        show(RUNNING, sample("gpu-02", "b:1", TaskStatus.FAILED, 1).error("=1+1, \"x\"", "E"));
        Files.createDirectory(folder.resolve("out"));
        model.exportCsv();
        String csv = Files.readString(folder.resolve("out").resolve("tasks-2026-11-22.csv"));
        assertThat(csv).startsWith("\uFEFFid,kind,status,node,");
        assertThat(csv.lines()).hasSize(3).element(1).asString().contains("\"'=1+1, \"\"x\"\"\"");
        assertThat(desk.said()).last().asString().startsWith("2 tasks written to");
    }

    @Test
    void aFileThatCannotBeWrittenIsSaid() {
        show(RUNNING);
        model.exportCsv();
        assertThat(desk.said()).singleElement().asString().contains("could not be written");
    }
}
