package io.modelfleet.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final Charset UTF_8 = StandardCharsets.UTF_8;
    private static final String ID = "550e8400-e29b-41d4-a716-446655440000";

    @Test
    void fieldsAreSnakeCaseTimesAreRfc3339AndUnknownValuesAreLeftOut() {
        NodeModel model =
                new NodeModel(
                        ModelName.parse("gpt-oss:20b"),
                        13.8,
                        Instant.parse("2025-11-14T10:00:00Z"),
                        null,
                        null,
                        false);

        assertThat(json(model))
                .isEqualTo(
                        "{\"name\":\"gpt-oss:20b\",\"size_gb\":13.8,"
                                + "\"installed_at\":\"2025-11-14T10:00:00Z\",\"loaded\":false}");
    }

    @Test
    void enumsHaveTheirWireNames() {
        assertThat(json(new Object[] {Presence.ONLINE, TaskStatus.DOWNLOADING, TaskKind.REMOVE}))
                .isEqualTo("[\"online\",\"downloading\",\"remove\"]");
        assertThat(json(ErrorCode.DISK_FULL)).isEqualTo("\"DISK_FULL\"");
        assertThat(read("\"skip\"", DistributeRequest.IfInstalled.class))
                .isEqualTo(DistributeRequest.IfInstalled.SKIP);
    }

    @Test
    void unknownFieldsArePassedOver() {
        PullRequest request =
                read(
                        "{\"later\":{\"a\":[1,{}]},\"model_name\":\"m\",\"more\":null}",
                        PullRequest.class);

        assertThat(request.modelName()).isEqualTo(ModelName.parse("m"));
    }

    @Test
    void whatOnlyANewerAgentKnowsIsReadAsWhatChangesNothing() {
        ProgressReport report =
                read(
                        "{\"status\":\"unpacking\",\"error_code\":\"MIRROR_QUOTA\"}",
                        ProgressReport.class);
        assertThat(report.status()).isEqualTo(TaskStatus.PENDING);
        assertThat(report.errorCode()).isNull();

        Heartbeat heartbeat =
                read("{\"agent_id\":\"" + ID + "\",\"ollama\":\"starting\"}", Heartbeat.class);
        assertThat(heartbeat.ollama()).isNull();

        assertThat(
                        read(
                                        "{\"agent_id\":\"" + ID + "\",\"status\":\"merged\"}",
                                        RegistrationReply.class)
                                .status())
                .isEqualTo(RegistrationReply.Status.UPDATED);
    }

    @Test
    void timesMayHaveAnyOffsetAndNanoseconds() {
        assertThat(read("\"2025-11-14T19:00:00.123456789+09:00\"", Instant.class))
                .isEqualTo(Instant.parse("2025-11-14T10:00:00.123456789Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'progress':'0.5'} | progress",
                "{'progress':true} | progress",
                "{'progress':{}} | progress",
                "{'progress':[0.5]} | progress",
                "{'progress':''} | progress",
                "{'progress':0.5,'bytes_total':1.5} | bytes_total",
                "{'progress':0.5,'bytes_total':9223372036854775808} | bytes_total",
                "{'status':1} | status",
                "{'status':'failed','error':5} | error",
                "{'status':'failed','error':false} | error",
                "{'status':'failed','error_code':5} | error_code",
            })
    void aWrongTypeIsRefusedWithItsField(String json, String field) {
        assertThatThrownBy(() -> read(json.replace('\'', '"'), ProgressReport.class))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("the value of " + field + " ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'loaded_models':5 | loaded_models",
                "'loaded_models':'m' | loaded_models",
                "'loaded_models':[[]] | loaded_models[0]",
                "'loaded_models':['m',null] | loaded_models[1]",
                "'tasks':['" + ID + "',null] | tasks[1]",
                "'tasks':['x'] | tasks[0]",
                "'gpu_devices':[null] | gpu_devices[0]",
                "'gpu_devices':[{'model':'A'},{'model':'B','count':'2'}] | gpu_devices[1].count",
                "'gpu_devices':[{'model':'A','count':3000000000}] | gpu_devices[0].count",
                "'installed_models':[{'name':'m','installed_at':5}] |"
                        + " installed_models[0].installed_at",
                "'installed_models':[{'name':'m','installed_at':'yesterday'}] |"
                        + " installed_models[0].installed_at",
                "'leaving':'true' | leaving",
                "'leaving':1 | leaving",
            })
    void aWrongTypeWithinAListIsRefusedWithItsPath(String field, String path) {
        String json = "{'agent_id':'" + ID + "'," + field + "}";

        assertThatThrownBy(() -> read(json.replace('\'', '"'), Heartbeat.class))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("the value of " + path + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "5",
                "\"x\"",
                "\"1-1-1-1-1\"",
                "\"AAAAAAAAAAAAAAAAAAAAAA==\"",
                "\"550e8400e29b41d4a716446655440000\"",
                "\" 550e8400-e29b-41d4-a716-446655440000\"",
                "[\"550e8400-e29b-41d4-a716-446655440000\"]",
            })
    void onlyTheOneFormOfAnIdIsAnId(String id) {
        assertThatThrownBy(() -> read("{\"agent_id\":" + id + "}", Heartbeat.class))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("the value of agent_id ");
    }

    @Test
    void whatAValuesOwnConstructorRefusesKeepsItsCode() {
        assertThatThrownBy(() -> read("{\"model_name\":\"a b\"}", PullRequest.class))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        refusal ->
                                assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_MODEL_NAME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model_name\":\"m\"} x",
                "{\"model_name\":\"m\"}{}",
                "{\"model_name\":\"m\",\"model_name\":\"n\"}",
                "{\"model_name\":\"m\"",
                "{\"model_name\":m}",
                "{'model_name':'m'}",
                "{\"model_name\":\"m\",}",
                "{\"model_name\":\"\u0001\"}",
                "{\"nested\":{\"a\":[tru]}}",
                "// a comment\n{}",
                "NaN",
                "\ufeff{",
                "[]",
                "5",
                "\"text\"",
                "true",
            })
    void malformedJsonIsRefusedWithItsPlace(String json) {
        assertThatThrownBy(() -> read(json, PullRequest.class))
                .isInstanceOf(FleetException.class)
                .hasMessageMatching("invalid request: malformed JSON at line \\d+, column \\d+");
    }

    @Test
    void nullIsNoBody() {
        assertThatThrownBy(() -> read("null", PullRequest.class))
                .isInstanceOf(FleetException.class)
                .hasMessage("invalid request: a JSON body is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"model_name\":"})
    void deepNestingIsRefusedAndOverflowsNothing(String opening) {
        String json = "{\"unknown\":" + opening.repeat(100_000);

        assertThatThrownBy(() -> read(json, PullRequest.class)).isInstanceOf(FleetException.class);
    }

    @Test
    void hugeNumbersAreRefusedOrKeptOut() {
        assertThatThrownBy(
                        () -> read("{\"progress\":" + "9".repeat(5000) + "}", ProgressReport.class))
                .isInstanceOf(FleetException.class);
        assertThatThrownBy(() -> read("{\"progress\":1e999}", ProgressReport.class))
                .isInstanceOf(FleetException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "ISO-8859-1"})
    void otherEncodingsAreReadOrRefused(String charset) {
        byte[] json = "{\"model_name\":\"\u00fc\"}".getBytes(Charset.forName(charset));

        assertThatThrownBy(() -> Json.read(json, PullRequest.class))
                .isInstanceOf(FleetException.class);
    }

    @Test
    void bytesThatAreNoCharactersAreRefused() {
        byte[] beyondUnicode = {0, 0, 0, '{', 0x7f, 0x7f, 0x7f, 0x7f};

        assertThatThrownBy(() -> Json.read(beyondUnicode, PullRequest.class))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("malformed JSON");
    }

    @Test
    void listsAndStreamsAreReadToo() throws IOException {
        byte[] list = "[\"a\",\"b:1\"]".getBytes(StandardCharsets.UTF_8);

        assertThat(Json.read(list, new TypeReference<List<ModelName>>() {}))
                .containsExactly(ModelName.parse("a"), ModelName.parse("b:1"));
        assertThat(
                        Json.read(
                                new ByteArrayInputStream(("\"" + ID + "\"").getBytes(UTF_8)),
                                UUID.class))
                .hasToString(ID);
    }

    private static String json(Object value) {
        return new String(Json.write(value), UTF_8);
    }

    private static <T> T read(String json, Class<T> type) {
        return Json.read(json.getBytes(UTF_8), type);
    }
}
