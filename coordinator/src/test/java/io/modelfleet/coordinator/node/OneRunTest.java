package io.modelfleet.coordinator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelfleet.coordinator.fixture.StubAgent;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Registration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OneRunTest {
    private static final UUID ID = UUID.randomUUID();
    private static final UUID FIRST = UUID.randomUUID();
    private static final UUID SECOND = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Node node =
            RegistrationMerge.created(registration("gpu-1", "192.0.2.1", 11435, FIRST), NOW);

    @Test
    void sameRunMayMoveToAnotherAddress() {
        assertThat(OneRun.admits(node, registration("gpu-1", "192.0.2.9", 11999, FIRST))).isTrue();
    }

    @Test
    void otherRunAtTheSameAddressAndPortIsARestart() {
        assertThat(OneRun.admits(node, registration("gpu-1", "192.0.2.1", 11435, SECOND))).isTrue();
    }

    @Test
    void otherRunElsewhereIsRefusedWithBothAddressesAndAdvice() {
        for (Registration copy :
                List.of(
                        registration("gpu-2", "192.0.2.9", 11435, SECOND),
                        registration("gpu-2", "192.0.2.1", 11999, SECOND))) {
            assertThat(OneRun.admits(node, copy)).isFalse();
        }
        FleetException refusal = refusal(registration("gpu-2", "2001:db8::9", 11435, SECOND));
        assertThat(refusal.code()).isEqualTo(ErrorCode.AGENT_ID_IN_USE);
        assertThat(refusal.code().status()).isEqualTo(409);
        for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
            assertThat(refusal.text(locale))
                    .contains(
                            ID.toString(),
                            "gpu-1",
                            "192.0.2.1:11435",
                            "gpu-2",
                            "[2001:db8::9]:11435",
                            "agent-id",
                            "--data-dir");
        }
    }

    private FleetException refusal(Registration registration) {
        try {
            OneRun.check(node, registration);
        } catch (FleetException refusal) {
            return refusal;
        }
        throw new AssertionError("admitted");
    }

    @Test
    void otherRunTakesOverFromOneThatIsOffline() {
        assertThat(
                        OneRun.admits(
                                node.with(Presence.OFFLINE),
                                registration("gpu-2", "192.0.2.9", 11435, SECOND)))
                .isTrue();
    }

    @Test
    void agentsThatNameNoRunAreNotToldApart() {
        assertThat(OneRun.admits(node, registration("gpu-2", "192.0.2.9", 11435, null))).isTrue();
        assertThat(OneRun.admits(node, heartbeat(null))).isTrue();
        Node unnamed =
                RegistrationMerge.created(registration("gpu-1", "192.0.2.1", 11435, null), NOW);
        assertThat(OneRun.admits(unnamed, registration("gpu-2", "192.0.2.9", 11435, SECOND)))
                .isTrue();
        assertThat(OneRun.admits(unnamed, heartbeat(SECOND))).isTrue();
    }

    @Test
    void heartbeatOfAnotherRunIsRefusedWhateverTheNodesPresence() {
        assertThat(OneRun.admits(node, heartbeat(FIRST))).isTrue();
        assertThat(OneRun.admits(node, heartbeat(SECOND))).isFalse();
        assertThat(OneRun.admits(node.with(Presence.OFFLINE), heartbeat(SECOND))).isFalse();
        assertThatThrownBy(() -> OneRun.check(node, heartbeat(SECOND)))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("192.0.2.1:11435");
    }

    @Test
    void nodeLearnsItsRunFromAHeartbeatWhenItKnowsNone() {
        Node unnamed =
                RegistrationMerge.created(registration("gpu-1", "192.0.2.1", 11435, null), NOW);
        assertThat(HeartbeatMerge.apply(unnamed, heartbeat(SECOND)).identity().instance())
                .isEqualTo(SECOND);
        assertThat(HeartbeatMerge.apply(node, heartbeat(null)).identity().instance())
                .isEqualTo(FIRST);
    }

    @Test
    void secondAgentOnOneMachineThatBringsNoIdIsANodeOfItsOwn() {
        assertThat(
                        RegistrationMerge.sameMachine(
                                node, registration("gpu-1", "192.0.2.1", 11999, SECOND)))
                .isFalse();
        assertThat(
                        RegistrationMerge.sameMachine(
                                node, registration("gpu-1", "192.0.2.1", 11435, SECOND)))
                .isTrue();
    }

    private static Registration registration(
            String name, String address, int port, @Nullable UUID instance) {
        return new Registration(
                ID,
                name,
                address,
                "0.33.2",
                11434,
                port,
                true,
                List.of(StubAgent.gpu(24_000_000_000L)),
                "1.0",
                null,
                null,
                null,
                null,
                null,
                instance);
    }

    private static Heartbeat heartbeat(@Nullable UUID instance) {
        return new Heartbeat(
                ID, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, instance);
    }
}
