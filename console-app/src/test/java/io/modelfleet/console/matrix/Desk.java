package io.modelfleet.console.matrix;

import io.modelfleet.console.client.FleetApi;
import io.modelfleet.console.client.FleetState;
import io.modelfleet.console.page.Dialogs.Question;
import io.modelfleet.console.page.PageContext;
import io.modelfleet.console.support.Threads;
import io.modelfleet.console.testing.TestClock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The matrix's view-model on a desk, shown. */
final class Desk {
    private final io.modelfleet.console.testing.Desk around;
    final List<String> said;
    final List<String> opened;
    final PageContext context;
    final MatrixViewModel model;

    Desk(FleetApi api, Path folder) {
        this(api, folder, Threads.direct(), new TestClock());
    }

    Desk(FleetApi api, Path folder, Threads threads, InstantSource clock) {
        around = new io.modelfleet.console.testing.Desk(api, folder, threads, clock);
        said = around.said();
        opened = around.opened();
        context = around.context();
        model = new MatrixViewModel(context);
        model.onShown(true);
    }

    Desk show(FleetState state) {
        around.fleet(state);
        model.onFleet(state);
        return this;
    }

    void press() {
        around.press();
    }

    Question question() {
        return around.question();
    }

    void sayYes() {
        around.sayYes();
    }
}
