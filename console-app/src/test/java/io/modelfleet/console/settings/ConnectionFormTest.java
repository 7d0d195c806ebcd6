package io.modelfleet.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.settings.ConnectionForm.Trial;
import io.modelfleet.console.support.Connection;
import io.modelfleet.console.support.Language;
import io.modelfleet.console.support.Messages;
import io.modelfleet.console.support.Settings;
import io.modelfleet.console.support.ThemeChoice;
import io.modelfleet.console.support.Threads;
import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.protocol.TaskPage;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectionFormTest {
    private static final Connection LAB =
            new Connection("lab", URI.create("http://192.0.2.1:8080"), null);
    private static final Connection HOME =
            new Connection("home", URI.create("http://192.0.2.2:8080"), "mf_1");
    private static final Settings SAVED =
            new Settings(List.of(LAB, HOME), "lab", ThemeChoice.DARK, Language.EN, 5);

    private static ConnectionForm form(@Nullable Connection before) {
        return new ConnectionForm(Threads.direct(), new Messages(Language.EN), () -> SAVED, before);
    }

    @Test
    void anAddressIsEnough() {
        ConnectionForm form = form(null);
        form.address().set(" fleet.example:8080 ");
        Settings next = form.save().orElseThrow();
        assertThat(next.connections().getLast())
                .isEqualTo(
                        new Connection(
                                "fleet.example:8080",
                                URI.create("http://fleet.example:8080"),
                                null));
        assertThat(next.active()).isEqualTo("lab");
        assertThat(next.pollSeconds()).isEqualTo(5);
    }

    @Test
    void whatIsNoAddressIsNotSaved() {
        ConnectionForm form = form(null);
        form.address().set("not an address");
        assertThat(form.save()).isEmpty();
        assertThat(form.error().get()).contains("http://host:8080");
        form.address().set("x");
        assertThat(form.error().get()).isEmpty();
    }

    @Test
    void aNameIsUsedOnce() {
        ConnectionForm form = form(HOME);
        form.name().set("lab");
        assertThat(form.save()).isEmpty();
        assertThat(form.error().get()).contains("lab");
    }

    @Test
    void aChangedConnectionKeepsItsPlaceAndStaysTheActiveOne() {
        ConnectionForm form = form(LAB);
        form.name().set("hall");
        form.token().set("mf_2");
        Settings next = form.save().orElseThrow();
        assertThat(next.connections())
                .containsExactly(new Connection("hall", LAB.address(), "mf_2"), HOME);
        assertThat(next.active()).isEqualTo("hall");
    }

    @Test
    void anEmptiedTokenIsNone() {
        ConnectionForm form = form(HOME);
        form.token().set("  ");
        Settings next = form.save().orElseThrow();
        assertThat(next.connections().getLast().token()).isNull();
    }

    @Test
    void aTestAsksTheCoordinatorAndSaysWhatCameBack() {
        try (FleetServer server = new FleetServer().start()) {
            ConnectionForm form = form(null);
            form.address().set(server.url().toString());
            server.answer("GET /api/tasks", Answer.json(200, new TaskPage(List.of(), null)));
            form.test();
            assertThat(form.trial().get().result()).isEqualTo(Trial.Result.GOOD);
            form.token().set("mf_3");
            assertThat(form.trial().get()).isEqualTo(Trial.NONE);
            server.answer("GET /api/tasks", new Answer(200, "text/html", "<html>"));
            form.test();
            assertThat(form.trial().get().result()).isEqualTo(Trial.Result.BAD);
            assertThat(form.trial().get().text()).contains("not a Modelfleet coordinator");
            server.stop();
            form.test();
            assertThat(form.trial().get().text()).contains("no coordinator listens");
        }
    }
}
