package io.modelfleet.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

class RowsTest {
    private record Thing(String key, int value) {}

    private final Rows<Thing> rows = new Rows<>(Thing::key);

    private List<Thing> now() {
        return rows.list().stream().map(Row::now).toList();
    }

    @Test
    void aKnownThingKeepsItsRow() {
        rows.show(List.of(new Thing("a", 1), new Thing("b", 1)));
        Row<Thing> b = rows.list().getLast();
        AtomicInteger changes = new AtomicInteger();
        rows.list()
                .addListener((ListChangeListener<Row<Thing>>) change -> changes.incrementAndGet());
        rows.show(List.of(new Thing("a", 1), new Thing("b", 2)));
        assertThat(rows.list().getLast()).isSameAs(b);
        assertThat(b.now().value()).isEqualTo(2);
        assertThat(changes).hasValue(0);
    }

    @Test
    void theOrderIsTheOneAskedFor() {
        rows.show(List.of(new Thing("a", 1), new Thing("b", 1), new Thing("c", 1)));
        Row<Thing> c = rows.list().getLast();
        List<Thing> next = List.of(new Thing("c", 1), new Thing("d", 1), new Thing("a", 3));
        rows.show(next);
        assertThat(now()).isEqualTo(next);
        assertThat(rows.list().getFirst()).isSameAs(c);
        rows.show(List.of());
        assertThat(now()).isEmpty();
    }
}
