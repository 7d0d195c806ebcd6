package io.modelfleet.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.client.ConnectionState;
import io.modelfleet.console.client.ConnectionState.Failure;
import io.modelfleet.console.client.Reply;
import io.modelfleet.console.page.PageId;
import io.modelfleet.console.support.Formats;
import io.modelfleet.console.support.Language;
import io.modelfleet.console.support.Messages;
import io.modelfleet.console.testing.Fleets;
import io.modelfleet.console.testing.TestClock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MainViewModelTest {
    private static final Failure TIMEOUT = new Failure.NoAnswer(Reply.Cause.TIMEOUT, "");

    private final TestClock clock = new TestClock();
    private final Messages messages = new Messages(Language.EN);
    private final MainViewModel model =
            new MainViewModel(PageId.NODES, messages, new Formats(messages, ZoneOffset.UTC), clock);

    @Test
    void saysHowOldTheDataIs() {
        model.connection(new ConnectionState.Live(Fleets.NOW));
        clock.advance(Duration.ofSeconds(1));
        model.tick();
        assertThat(model.live().get()).isEqualTo("● live, 1 s ago");
        assertThat(model.stale().get()).isFalse();
    }

    @Test
    void oneLostAnswerIsNoAlarmYet() {
        clock.advance(Duration.ofSeconds(4));
        model.connection(new ConnectionState.Lost(Fleets.NOW, Fleets.NOW, TIMEOUT));
        assertThat(model.stale().get()).isFalse();
        assertThat(model.live().get()).contains("lost");
    }

    @Test
    void fiveSecondsWithoutAnAnswerRaiseTheBannerAndAnAnswerTakesItAway() {
        model.connection(new ConnectionState.Lost(Fleets.NOW, Fleets.NOW, TIMEOUT));
        clock.advance(MainViewModel.STALE_AFTER);
        model.tick();
        assertThat(model.stale().get()).isTrue();
        assertThat(model.banner().get()).startsWith("Connection lost, retrying.");
        model.connection(new ConnectionState.Live(clock.instant()));
        assertThat(model.stale().get()).isFalse();
    }

    @Test
    void aSlowAnswerRaisesTheBannerToo() {
        model.connection(new ConnectionState.Live(Fleets.NOW));
        clock.advance(MainViewModel.STALE_AFTER);
        model.tick();
        assertThat(model.stale().get()).isTrue();
    }
}
