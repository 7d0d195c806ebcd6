package io.modelfleet.coordinator.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.coordinator.catalog.HandClock;
import io.modelfleet.coordinator.change.ChangeLog;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.fixture.TestDatabase;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class TaskBoardTest {
    private static final ModelName MODEL = ModelName.parse("gpt-oss:20b");
    private static final UUID NODE = UUID.randomUUID();

    @Parameter TestDatabase kind = TestDatabase.H2;

    @TempDir Path folder;

    private final HandClock clock = new HandClock();
    private Supplier<Database> databases = () -> new Database("");
    private Database database = databases.get();
    private TaskBoard board = board();

    @BeforeEach
    void begin() {
        databases = kind.fresh(folder);
        open();
    }

    private void open() {
        database = databases.get();
        database.start();
        board = board();
        board.load();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private TaskBoard board() {
        return new TaskBoard(database, new ChangeLog(1), clock);
    }

    /** As after a crash: nothing is flushed. */
    private void reopen() {
        database.close();
        open();
    }

    @Test
    void manyAskersForTheSameModelGetTheSameTask() throws Exception {
        CountDownLatch together = new CountDownLatch(1);
        Set<UUID> ids = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<UUID>> askers =
                    IntStream.range(0, 100)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () -> {
                                                        together.await();
                                                        return create(NODE, MODEL).id();
                                                    }))
                            .toList();
            together.countDown();
            for (Future<UUID> asker : askers) {
                ids.add(asker.get());
            }
        }

        assertThat(ids).hasSize(1);
        assertThat(board.list(page(null, 500))).hasSize(1);
    }

    @Test
    void namesThatMeanTheSameModelShareTheTask() {
        UUID id = create(NODE, ModelName.parse("llama3.2")).id();

        assertThat(create(NODE, ModelName.parse("LLAMA3.2:latest")).id()).isEqualTo(id);
        assertThat(create(UUID.randomUUID(), ModelName.parse("llama3.2")).id()).isNotEqualTo(id);
    }

    @Test
    void removalAndPullOfOneModelAreTwoTasksAndAFinishedTaskMakesRoomForTheNext() {
        TaskState pull = create(NODE, MODEL);
        TaskState remove = created(task(NODE, MODEL, TaskKind.REMOVE));
        to(pull, TaskStatus.COMPLETED);

        assertThat(remove.id()).isNotEqualTo(pull.id());
        assertThat(create(NODE, MODEL).id()).isNotEqualTo(pull.id());
    }

    @Test
    void cancelAgainstCompletionEndsInExactlyOne() throws Exception {
        for (int round = 0; round < 30; round++) {
            TaskState task = create(NODE, MODEL);
            CountDownLatch together = new CountDownLatch(1);
            List<TaskStatus> won = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Optional<TaskState>>> rivals = new ArrayList<>();
                for (TaskStatus end :
                        List.of(TaskStatus.CANCELLED, TaskStatus.COMPLETED, TaskStatus.FAILED)) {
                    rivals.add(
                            threads.submit(
                                    () -> {
                                        together.await();
                                        return to(task, end);
                                    }));
                }
                together.countDown();
                for (Future<Optional<TaskState>> rival : rivals) {
                    rival.get().ifPresent(state -> won.add(state.status()));
                }
            }
            assertThat(won).hasSize(1);
            assertThat(board.require(task.id()).status()).isEqualTo(won.getFirst());
        }
    }

    @Test
    void finalTaskNeverChanges() {
        for (TaskStatus end :
                List.of(TaskStatus.COMPLETED, TaskStatus.FAILED, TaskStatus.CANCELLED)) {
            TaskState task = create(NODE, MODEL);
            to(task, end);
            TaskState ended = board.require(task.id());

            for (TaskStatus next : TaskStatus.values()) {
                assertThat(to(task, next)).isEmpty();
            }
            assertThat(board.require(task.id())).isEqualTo(ended);
        }
    }

    @Test
    void transitionIsOnDiskBeforeTheCallReturns() {
        TaskState task = create(NODE, MODEL);
        to(task, TaskStatus.QUEUED);
        reopen();
        assertThat(board.require(task.id()).status()).isEqualTo(TaskStatus.QUEUED);

        board.fail(task.id(), new TaskState.Cause("no room", ErrorCode.DISK_FULL));
        reopen();
        TaskState failed = board.require(task.id());
        assertThat(failed.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(failed.cause()).isEqualTo(new TaskState.Cause("no room", ErrorCode.DISK_FULL));
        assertThat(failed.completedAt()).isEqualTo(clock.instant());
        assertThat(board.active()).isEmpty();
    }

    @Test
    void flushedProgressSurvivesAndLaterRowsAreNotSteppedBack() {
        TaskState task = create(NODE, MODEL);
        move(task, 0.5, 1000);
        board.flush();
        reopen();

        TaskState after = board.require(task.id());
        assertThat(after.transfer().progress()).isEqualTo(0.5);
        assertThat(after.transfer().bytesCompleted()).isEqualTo(500);
        boolean alone = kind == TestDatabase.H2;
        assertThat(after.transfer().speed() == 0)
                .as("alone, nothing is known to move; else another coordinator may hear of it")
                .isEqualTo(alone);
        assertThat(create(NODE, MODEL).id()).as("still the active one").isEqualTo(task.id());
    }

    @Test
    void progressIsShownOnceACrashCannotTakeItBack() {
        TaskState task = create(NODE, MODEL);
        move(task, 0.5, 1000);
        assertThat(board.require(task.id()).transfer().progress()).isZero();
        assertThat(board.active()).first().extracting(t -> t.transfer().progress()).isEqualTo(0.0);

        board.flush();
        assertThat(board.require(task.id()).transfer().progress()).isEqualTo(0.5);

        move(task, 0.6, 1000);
        to(task, TaskStatus.DOWNLOADING);
        assertThat(board.require(task.id()).transfer().progress())
                .as("a change of status is written at once, with all that is known")
                .isEqualTo(0.6);
    }

    @Test
    void progressAndBytesNeverGoBack() {
        TaskState task = create(NODE, MODEL);
        move(task, 0.7, 1000);
        move(task, 0.2, 1000);
        board.flush();

        Transfer transfer = board.require(task.id()).transfer();
        assertThat(transfer.progress()).isEqualTo(0.7);
        assertThat(transfer.bytesCompleted()).isEqualTo(700);
    }

    @Test
    void speedIsZeroFiveSecondsAfterTheLastWord() {
        TaskState task = create(NODE, MODEL);
        move(task, 0.1, 1000);

        clock.advance(Duration.ofSeconds(5));
        board.stopStaleSpeeds();
        assertThat(board.require(task.id()).transfer().speed()).isEqualTo(1_000_000);

        clock.advance(Duration.ofMillis(1));
        board.stopStaleSpeeds();
        assertThat(board.require(task.id()).transfer().speed()).isZero();
    }

    @Test
    void taskThatWaitsAgainHasNoSpeed() {
        TaskState task = create(NODE, MODEL);
        move(task, 0.1, 1000);

        to(task, TaskStatus.PENDING);
        board.flush();

        assertThat(board.require(task.id()).transfer().speed()).isZero();
        assertThat(board.require(task.id()).transfer().progress()).isEqualTo(0.1);
    }

    @Test
    void listingWalksThroughTasksOfTheSameMomentWithoutGapsOrRepeats() {
        List<UUID> created = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            created.add(create(NODE, ModelName.parse("m" + i)).id());
        }
        clock.advance(Duration.ofMillis(1));
        UUID newest = create(NODE, ModelName.parse("newest")).id();

        List<UUID> walked = new ArrayList<>();
        TaskFilter.Position before = null;
        for (List<TaskState> page = board.list(page(null, 7));
                !page.isEmpty();
                page = board.list(page(before, 7))) {
            page.forEach(task -> walked.add(task.id()));
            TaskOrigin last = page.getLast().origin();
            before = new TaskFilter.Position(last.createdAt(), last.id());
        }

        assertThat(walked.getFirst()).isEqualTo(newest);
        assertThat(walked).hasSize(26).doesNotHaveDuplicates().containsAll(created);
    }

    @Test
    void listingFiltersByStatusNodeAndModelTogether() {
        UUID other = UUID.randomUUID();
        TaskState one = create(NODE, MODEL);
        TaskState two = create(other, MODEL);
        create(NODE, ModelName.parse("llama3.2"));
        to(one, TaskStatus.COMPLETED);

        assertThat(
                        board.list(
                                new TaskFilter(
                                        Set.of(TaskStatus.COMPLETED, TaskStatus.PENDING),
                                        null,
                                        MODEL,
                                        null,
                                        100)))
                .extracting(TaskState::id)
                .containsExactlyInAnyOrder(one.id(), two.id());
        assertThat(board.list(new TaskFilter(Set.of(), NODE, null, null, 100))).hasSize(2);
        assertThat(board.list(new TaskFilter(Set.of(TaskStatus.FAILED), null, null, null, 100)))
                .isEmpty();
    }

    @Test
    void manyReadersAtOnceLeaveNoConnectionBehind() throws Exception {
        UUID id = create(NODE, MODEL).id();
        to(board.require(id), TaskStatus.COMPLETED);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TaskState>> readers =
                    IntStream.range(0, 200)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () -> {
                                                        board.list(page(null, 10));
                                                        return board.require(id);
                                                    }))
                            .toList();
            for (Future<TaskState> reader : readers) {
                assertThat(reader.get().status()).isEqualTo(TaskStatus.COMPLETED);
            }
        }
    }

    private TaskState create(UUID node, ModelName model) {
        return created(task(node, model, TaskKind.PULL));
    }

    private TaskState created(TaskState task) {
        return board.create(List.of(task), transaction -> true).orElseThrow().getFirst();
    }

    private TaskState task(UUID node, ModelName model, TaskKind kind) {
        return TaskState.created(kind, node, model, null, 1000L, board.now());
    }

    private Optional<TaskState> to(TaskState task, TaskStatus status) {
        return board.change(task.id(), (old, now) -> old.to(status, now));
    }

    private void move(TaskState task, double progress, long total) {
        assertThat(
                        board.change(
                                task.id(),
                                (old, now) ->
                                        old.with(
                                                old.transfer().reported(progress, 1e6, null, total),
                                                now)))
                .isPresent();
    }

    private static TaskFilter page(TaskFilter.@Nullable Position before, int limit) {
        return new TaskFilter(Set.of(), null, null, before, limit);
    }
}
