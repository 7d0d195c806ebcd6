package io.modelfleet.console.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelfleet.console.testing.FleetServer;
import io.modelfleet.console.testing.FleetServer.Answer;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.console.testing.TestClock;
import io.modelfleet.protocol.Presence;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollerTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final FleetServer server = new FleetServer();
    private final TestClock clock = new TestClock();
    private volatile FleetState fleet = FleetState.EMPTY;
    private volatile ConnectionState link = new ConnectionState.Connecting(Fleets.NOW);

    @BeforeEach
    void start() {
        server.start().changes(Fleets.lab());
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Poller poller() {
        return new Poller(
                new FleetClient(server.url(), null, () -> Locale.ENGLISH),
                LONG,
                clock,
                (now, state) -> {
                    fleet = now;
                    link = state;
                });
    }

    @Test
    void asksForEverythingFirstAndForChangesThen() {
        try (Poller poller = poller()) {
            poller.pass();
            assertThat(fleet.agents()).hasSize(6);
            assertThat(link).isEqualTo(new ConnectionState.Live(Fleets.NOW));
            poller.pass();
            assertThat(server.polls())
                    .extracting(FleetServer.Request::target)
                    .containsExactly("/api/changes?since=-1", "/api/changes?since=1000");
        }
    }

    @Test
    void keepsEverythingWhileNobodyAnswersAndSaysSinceWhen() {
        try (Poller poller = poller()) {
            poller.pass();
            server.stop();
            clock.advance(Duration.ofSeconds(3));
            poller.pass();
            clock.advance(Duration.ofSeconds(3));
            poller.pass();
            assertThat(fleet.agents()).hasSize(6);
            assertThat(link).isInstanceOf(ConnectionState.Lost.class);
            ConnectionState.Lost lost = (ConnectionState.Lost) link;
            assertThat(lost.since()).isEqualTo(Fleets.NOW.plusSeconds(3));
            assertThat(lost.lastAnswer()).isEqualTo(Fleets.NOW);
            server.start();
            poller.pass();
            assertThat(link).isEqualTo(new ConnectionState.Live(Fleets.NOW.plusSeconds(6)));
        }
    }

    @Test
    void startsAnewAfterTheCoordinatorForgot() {
        try (Poller poller = poller()) {
            poller.pass();
            server.changes(
                    Fleets.full(
                            5,
                            List.of(Fleets.agent("new-01", Presence.ONLINE)),
                            List.of(),
                            List.of()));
            poller.pass();
            assertThat(fleet.agents()).containsOnlyKeys(Fleets.id("new-01"));
            assertThat(fleet.tasks()).isEmpty();
            assertThat(fleet.version()).isEqualTo(5);
        }
    }

    @Test
    void doesNotMixTheChangesOfAnotherHistoryIn() {
        try (Poller poller = poller()) {
            poller.pass();
            server.changes(Fleets.agents(7, Fleets.agent("other", Presence.ONLINE)));
            poller.pass();
            assertThat(server.polls())
                    .extracting(FleetServer.Request::target)
                    .endsWith("/api/changes?since=1000", "/api/changes?since=-1");
        }
    }

    @Test
    void nonsenseAndRefusalsAreLostConnectionsToo() {
        try (Poller poller = poller()) {
            server.answer("GET /api/changes", new Answer(200, "text/html", "<html>"));
            poller.pass();
            assertThat(((ConnectionState.Lost) link).cause())
                    .isInstanceOf(ConnectionState.Failure.NoAnswer.class);
            server.answer("GET /api/changes", Answer.problem(401, "UNAUTHORIZED", "who are you?"));
            poller.pass();
            assertThat(((ConnectionState.Lost) link).cause())
                    .isEqualTo(
                            new ConnectionState.Failure.Refusal(
                                    401, "UNAUTHORIZED", "who are you?"));
        }
    }

    @Test
    void asksAtOnceWhenToldTo() {
        try (Poller poller = poller()) {
            poller.start();
            await().until(() -> server.polls().size() == 1);
            poller.pollNow();
            await().until(() -> server.polls().size() == 2);
        }
    }
}
