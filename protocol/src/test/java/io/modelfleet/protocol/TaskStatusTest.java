package io.modelfleet.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskStatusTest {
    @Test
    void threeStatusesAreFinal() {
        assertThat(TaskStatus.values())
                .filteredOn(TaskStatus::isFinal)
                .containsExactly(TaskStatus.COMPLETED, TaskStatus.FAILED, TaskStatus.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource
    void aFinalStatusNeverChangesAndAnActiveOneMayBecomeAnyOther(TaskStatus from) {
        for (TaskStatus to : TaskStatus.values()) {
            assertThat(from.canBecome(to)).isEqualTo(!from.isFinal() && from != to);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theWireNameIsTheOneInJson(TaskStatus status) {
        assertThat(Json.write(status)).asString().isEqualTo("\"" + status.wire() + "\"");
    }

    @ParameterizedTest
    @EnumSource
    void theWireNameOfAKindIsTheOneInJson(TaskKind kind) {
        assertThat(Json.write(kind)).asString().isEqualTo("\"" + kind.wire() + "\"");
    }
}
