package io.modelfleet.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.agent.standin.HandClock;
import io.modelfleet.agent.standin.LogLines;
import io.modelfleet.agent.standin.StandInCoordinator;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.service.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoordinatorClientTest {
    private final HandClock clock = new HandClock();
    private final StandInCoordinator one = new StandInCoordinator();
    private final StandInCoordinator two = new StandInCoordinator();
    private final LogLines log = LogLines.caught();
    private final CoordinatorClient client =
            new CoordinatorClient(List.of(one.url(), two.url()), clock);

    @AfterEach
    void close() {
        client.close();
        one.close();
        two.close();
        log.close();
    }

    private Reply beat() {
        return client.heartbeat(
                new Heartbeat(
                        StandInCoordinator.AGENT,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void firstOneIsUsedWhileItAnswers() {
        beat();
        beat();
        assertThat(one.calls()).hasSize(2);
        assertThat(two.calls()).isEmpty();
    }

    @Test
    void killedOneIsLeftWithinTheCallAndNotReturnedToWhileTheOtherAnswers() {
        int port = one.url().getPort();
        beat();
        one.close();
        assertThat(beat()).isInstanceOf(Reply.Ok.class);
        assertThat(client.connected()).isTrue();
        assertThat(client.base()).isEqualTo(URI.create(two.url() + "/"));
        try (StandInCoordinator back = new StandInCoordinator(port)) {
            beat();
            assertThat(back.calls()).isEmpty();
            assertThat(two.calls()).hasSize(2);

            two.close();
            assertThat(beat()).isInstanceOf(Reply.Ok.class);
            assertThat(back.calls()).hasSize(1);
        }
        assertThat(log.all())
                .anyMatch(line -> line.contains("cannot be reached") && line.contains("the next"));
    }

    @Test
    void whenNobodyAnswersEachIsTriedOnce() {
        one.close();
        two.close();
        assertThat(beat()).isInstanceOf(Reply.Unreachable.class);
        assertThat(client.connected()).isFalse();
    }

    @Test
    void oneThatIsInTroubleForLongIsLeft() {
        one.refuseHeartbeats(beat -> Optional.of(503));
        beat();
        clock.advance(Duration.ofSeconds(29));
        beat();
        assertThat(two.calls()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        beat();
        assertThat(beat()).isInstanceOf(Reply.Ok.class);
        assertThat(two.calls()).hasSize(1);
    }

    @Test
    void troubleThatPassesIsForgiven() {
        one.refuseHeartbeats(beat -> Optional.of(503));
        beat();
        clock.advance(Duration.ofSeconds(29));
        one.refuseHeartbeats(beat -> Optional.empty());
        beat();
        one.refuseHeartbeats(beat -> Optional.of(503));
        clock.advance(Duration.ofSeconds(29));
        beat();
        beat();
        assertThat(two.calls()).isEmpty();
    }
}
