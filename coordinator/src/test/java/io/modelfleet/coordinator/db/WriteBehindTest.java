package io.modelfleet.coordinator.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class WriteBehindTest {
    private static final UUID FIRST = UUID.randomUUID();
    private static final UUID SECOND = UUID.randomUUID();

    private final Map<UUID, Stored<UUID>> memory = new HashMap<>();
    private final List<List<Stored<UUID>>> batches = new ArrayList<>();
    private UnaryOperator<List<Stored<UUID>>> table = rows -> rows;
    private final WriteBehind<UUID> batch =
            new WriteBehind<>(id -> id, memory::get, rows -> table.apply(noted(rows)));

    private List<Stored<UUID>> noted(List<Stored<UUID>> rows) {
        batches.add(rows);
        return rows;
    }

    private void change(UUID id) {
        memory.put(id, new Stored<>(id, 1));
        batch.changed(id);
    }

    private static void ignored(Stored<UUID> written) {}

    @Test
    void whatChangedIsWrittenOnce() {
        change(FIRST);
        change(FIRST);

        batch.flush(WriteBehindTest::ignored);
        batch.flush(WriteBehindTest::ignored);

        assertThat(batches).containsExactly(List.of(new Stored<>(FIRST, 1)));
        assertThat(batch.isBehind(FIRST)).isFalse();
    }

    @Test
    void onlyWhatOthersHaveWrittenMeanwhileIsTriedAgain() {
        change(FIRST);
        change(SECOND);
        table = rows -> rows.stream().filter(row -> row.value().equals(FIRST)).toList();

        batch.flush(WriteBehindTest::ignored);

        assertThat(batch.isBehind(FIRST)).isFalse();
        assertThat(batch.isBehind(SECOND)).isTrue();
    }

    @Test
    void whatIsBeingWrittenIsStillBehind() {
        change(FIRST);
        table =
                rows -> {
                    assertThat(batch.isBehind(FIRST)).isTrue();
                    return rows;
                };

        batch.flush(WriteBehindTest::ignored);

        assertThat(batches).hasSize(1);
    }

    @Test
    void whatChangesDuringABatchIsPartOfTheNext() {
        change(FIRST);
        table =
                rows -> {
                    change(FIRST);
                    return rows;
                };

        batch.flush(WriteBehindTest::ignored);

        assertThat(batch.isBehind(FIRST)).isTrue();
    }

    @Test
    void aBatchThatFailsIsMadeAgain() {
        change(FIRST);
        table =
                rows -> {
                    throw new IllegalStateException("the database is away");
                };
        assertThatThrownBy(() -> batch.flush(WriteBehindTest::ignored))
                .isInstanceOf(IllegalStateException.class);

        table = rows -> rows;
        batch.flush(WriteBehindTest::ignored);

        assertThat(batches).hasSize(2);
    }

    @Test
    void whatIsNoMoreIsNotWritten() {
        batch.changed(FIRST);

        batch.flush(WriteBehindTest::ignored);

        assertThat(batches).isEmpty();
        assertThat(batch.isBehind(FIRST)).isFalse();
    }
}
