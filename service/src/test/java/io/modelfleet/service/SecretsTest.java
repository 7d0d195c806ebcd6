package io.modelfleet.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET http://ann:hunter2@host:1/x failed | GET http://***@host:1/x failed",
                "'http://ann:hun/ter2@host' | 'http://***@host'",
                "jdbc:postgresql://db/x?user=ann&password=hunter2&ssl=true | jdbc:postgresql://db/x?user=ann&password=***&ssl=true",
                "Unknown option: '--database-password=hunter2' | Unknown option: '--database-password=***'",
                "api_key: hunter2, x | api_key: ***, x",
                "{\"token\": \"hunter2\"} | {\"token\": \"***\"}",
                "Authorization: Bearer hunter2 | Authorization: Bearer ***",
            })
    void whatShowsItselfAsASecretIsMasked(String text, String masked) {
        assertThat(Secrets.masked(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Task completed: task_id=11111111-2222-3333-4444-555555555555",
                "Coordinator is listening on http://127.0.0.1:8080",
                "GPU detected: model=NVIDIA GeForce RTX 3090, memory=24GB",
                "mail ann@example.com: 12 tokens were counted",
            })
    void everythingElseStays(String text) {
        assertThat(Secrets.masked(text)).isEqualTo(text);
    }
}
