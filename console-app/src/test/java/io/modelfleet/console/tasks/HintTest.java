package io.modelfleet.console.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.console.support.Language;
import io.modelfleet.console.support.Messages;
import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.TaskKind;
import io.modelfleet.protocol.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HintTest {
    @ParameterizedTest
    @EnumSource(
            names = {
                "DISK_FULL",
                "INSUFFICIENT_STORAGE",
                "MODEL_NOT_FOUND",
                "INVALID_MODEL_NAME",
                "REGISTRY_UNREACHABLE",
                "DIGEST_MISMATCH",
                "AGENT_UNREACHABLE",
                "AGENT_OFFLINE",
                "AGENT_REFUSED",
                "OLLAMA_ERROR",
                "NOT_SUPPORTED",
                "MODEL_NOT_INSTALLED",
                "UNAVAILABLE",
                "INTERNAL"
            })
    void everyCauseOfAFailureHasItsOwnAdvice(ErrorCode code) {
        for (Language language : Language.values()) {
            Messages messages = new Messages(language);
            assertThat(Hint.of(code.name(), messages))
                    .isNotBlank()
                    .isNotEqualTo(Hint.of(null, messages));
        }
    }

    @Test
    void anUnknownCauseGetsGeneralAdvice() {
        Messages messages = new Messages(Language.EN);
        assertThat(Hint.of("SOMETHING_NEW", messages)).isEqualTo(Hint.of(null, messages));
    }

    @Test
    void everyTextThatIsPutTogetherExists() {
        Messages messages = new Messages(Language.EN);
        for (TaskGroup group : TaskGroup.values()) {
            assertThat(messages.has(group.key())).isTrue();
        }
        for (TaskKind kind : TaskKind.values()) {
            assertThat(messages.has("tasks.kind." + kind)).isTrue();
        }
        for (TaskStatus status : TaskStatus.values()) {
            assertThat(messages.has("tasks.fine." + status)).isTrue();
        }
        for (OlderTasks.Progress progress : OlderTasks.Progress.values()) {
            assertThat(messages.has("tasks.older." + progress)).isTrue();
        }
    }
}
