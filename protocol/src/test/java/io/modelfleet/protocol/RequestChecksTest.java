package io.modelfleet.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bare forms are taken, impossible values refused, as requests write them. */
class RequestChecksTest {
    private static final String ID = "550e8400-e29b-41d4-a716-446655440000";
    private static final String REGISTRATION =
            "'machine_name':'m','ip_address':'192.0.2.10','ollama_port':11434";
    private static final String HEARTBEAT = "'agent_id':'" + ID + "'";

    @Test
    void theBareRegistrationIsTakenAndTheApiPortFollowsOllamas() {
        Registration registration =
                read(
                        "{"
                                + REGISTRATION
                                + ",'ollama_version':'0.1.42','gpu_available':true,"
                                + "'gpu_devices':[{'model':'NVIDIA GeForce RTX 3090','count':2,"
                                + "'memory':25769803776}]}",
                        Registration.class);

        assertThat(registration.apiPort()).isEqualTo(11435);
        assertThat(registration.devices()).extracting(GpuDevice::devices).containsExactly(2);
    }

    @Test
    void absentDevicesAreNoneAndAnAbsentCountIsOne() {
        assertThat(read("{" + REGISTRATION + "}", Registration.class).devices()).isEmpty();
        assertThat(read("{'model':'A'}", GpuDevice.class).devices()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'ip_address':'192.0.2.10','ollama_port':1 | machine_name is missing",
                "'machine_name':null,'ip_address':'192.0.2.10','ollama_port':1 | machine_name is"
                        + " missing",
                "'machine_name':' ','ip_address':'192.0.2.10','ollama_port':1 | machine_name is"
                        + " missing",
                "'machine_name':'m','ollama_port':1 | ip_address is missing",
                "'machine_name':'m','ip_address':'192.0.2.10' | ollama_port is missing",
                "'machine_name':'m\\u0000','ip_address':'192.0.2.10','ollama_port':1 | machine_name"
                        + " = control character",
            })
    void aRegistrationNeedsItsIdentity(String fields, String complaint) {
        assertRefused("{" + fields + "}", Registration.class, complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "65536", "65535"})
    void portsMustExistAndLeaveRoomForTheNextOne(String port) {
        assertRefused(
                "{'machine_name':'m','ip_address':'h','ollama_port':" + port + "}",
                Registration.class,
                "ollama_port = " + port);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536})
    void theApiPortMustExist(int port) {
        assertRefused(
                "{" + REGISTRATION + ",'agent_api_port':" + port + "}",
                Registration.class,
                "agent_api_port = " + port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.10",
                "gpu-01",
                "gpu-01.lab.example",
                "localhost",
                "::1",
                "2001:db8::1",
                "fe80::1%eth0",
                "::ffff:192.0.2.10",
            })
    void addressesThatCanBeCalledAreTaken(String address) {
        assertThat(registered(address).ipAddress()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "host/path",
                "user@host",
                "192.0.2.10:80",
                "http://host",
                "[::1]",
                ":::",
                "::g",
                "my_host",
                "-host",
                "host?x",
                "host#x",
                "a..b",
                "..",
                "ホスト",
                "host%00",
            })
    void addressesThatCannotBeCalledAreRefused(String address) {
        assertThatThrownBy(() -> registered(address))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("ip_address = " + address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'disk_free':-1",
                "'disk_total':-1",
                "'gpu_devices':[{}]",
                "'gpu_devices':[{'model':''}]",
                "'gpu_devices':[{'model':'A','count':0}]",
                "'gpu_devices':[{'model':'A','count':1025}]",
                "'gpu_devices':[{'model':'A','memory':-1}]",
                "'gpu_devices':[{'model':'A','memory_used':-1}]",
                "'gpu_devices':[{'model':'A','driver':'\\u0000'}]",
                "'installed_models':[{}]",
                "'installed_models':[{'name':'m','size':-1}]",
                "'installed_models':[{'name':'m','digest':'x'}]",
                "'installed_models':[{'name':'m','installed_at':'+99999-01-01T00:00:00Z'}]",
            })
    void impossibleFactsAreRefused(String field) {
        assertRefused("{" + REGISTRATION + "," + field + "}", Registration.class, "");
    }

    @Test
    void longTextIsRefused() {
        assertRefused(
                "{'machine_name':'" + "m".repeat(501) + "','ip_address':'h','ollama_port':1}",
                Registration.class,
                "<= 500 characters");
        assertRefused(
                "{" + REGISTRATION + ",'ollama_version':'" + "1".repeat(101) + "'}",
                Registration.class,
                "<= 100 characters");
    }

    @Test
    void aHeartbeatNeedsNothingButItsAgent() {
        assertThat(read("{" + HEARTBEAT + "}", Heartbeat.class).agentId()).hasToString(ID);
        assertRefused("{'cpu_usage':5}", Heartbeat.class, "agent_id is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'cpu_usage':-0.1",
                "'cpu_usage':100.1",
                "'memory_usage':1e999",
                "'gpu_usage':101",
                "'gpu_memory_total_mb':-1",
                "'gpu_memory_used_mb':-1",
                "'gpu_temperature':1e999",
                "'gpu_temperature':-300",
                "'disk_total':-1",
                "'disk_free':-1",
            })
    void figuresThatCannotBeAreRefused(String field) {
        assertRefused("{" + HEARTBEAT + "," + field + "}", Heartbeat.class, "is not allowed");
    }

    @Test
    void theLimitsThemselvesAreTaken() {
        Heartbeat heartbeat =
                read(
                        "{"
                                + HEARTBEAT
                                + ",'cpu_usage':0,'memory_usage':100,'gpu_usage':100.0,"
                                + "'gpu_temperature':-5,'loaded_models':[]}",
                        Heartbeat.class);

        assertThat(heartbeat.memoryUsage()).isEqualTo(100);
    }

    @Test
    void theBareProgressReportIsTaken() {
        ProgressReport report = read("{'progress':1,'speed':10485760}", ProgressReport.class);

        assertThat(report.progress()).isEqualTo(1);
        assertThat(report.status()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'speed':5}",
                "{'progress':-0.1}",
                "{'progress':1.1}",
                "{'progress':0.5,'speed':-1}",
                "{'progress':0.5,'bytes_completed':-1}",
                "{'progress':0.5,'bytes_total':-1}",
            })
    void aProgressReportMustSaySomethingPossible(String json) {
        assertRefused(json, ProgressReport.class, "");
    }

    @Test
    void theWordsOfAFailureAreNeverAReasonToRefuseIt() {
        ProgressReport report =
                read(
                        "{'status':'failed','error':'a\\u0000\\u001bb\\n" + "x".repeat(5000) + "'}",
                        ProgressReport.class);

        assertThat(report.error()).startsWith("a\ufffd\ufffdb\nx").hasSize(2001).endsWith("…");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'target':'all'} | model_name is missing",
                "{'model_name':'m'} | target is missing",
                "{'model_name':'m','target':'specific'} | agent_ids is missing",
                "{'model_name':'m','target':'specific','agent_ids':[]} | agent_ids is missing",
                "{'model_name':'m','target':'some'} | target",
                "{'model_name':'m','target':'all','on_unavailable':'wait'} | on_unavailable",
                "{'model_name':'m','target':'all','if_installed':'keep'} | if_installed",
                "{'model_name':'m','target':'specific','agent_ids':[null]} | agent_ids[0]",
                "{'model_name':'m','target':'specific','agent_ids':['1']} | agent_ids[0]",
            })
    void aDistributionNeedsModelTargetAndIds(String json, String complaint) {
        assertRefused(json, DistributeRequest.class, complaint);
    }

    @Test
    void aDistributionToAllNeedsNoIds() {
        assertThat(read("{'model_name':'m','target':'all'}", DistributeRequest.class).agentIds())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'model':'m'} | task_id is missing",
                "{'task_id':'" + ID + "'} | model is missing",
                "{'task_id':'" + ID + "','model':'m','blobs':[null]} | blobs[0]",
                "{'task_id':'" + ID + "','model':'m','blobs':[{'size':1}]} | digest is missing",
            })
    void anOrderNeedsTaskAndModel(String json, String complaint) {
        assertRefused(json, TaskOrder.class, complaint);
    }

    @Test
    void anOrderOfMoreBytesThanThereAreIsRefused() {
        Blob half = new Blob(Digest.of(new byte[] {1}), Long.MAX_VALUE);

        assertThatThrownBy(
                        () ->
                                new TaskOrder(
                                        java.util.UUID.fromString(ID),
                                        null,
                                        ModelName.parse("m"),
                                        null,
                                        List.of(half, half)))
                .isInstanceOf(FleetException.class);
    }

    @Test
    void aPullNeedsAModel() {
        assertRefused("{}", PullRequest.class, "model_name is missing");
        assertRefused("{'model_name':null}", PullRequest.class, "model_name is missing");
        assertRefused("{'model_name':5}", PullRequest.class, "model_name");
    }

    private static Registration registered(String address) {
        return read(
                "{'machine_name':'m','ip_address':'" + address + "','ollama_port':11434}",
                Registration.class);
    }

    private static void assertRefused(String json, Class<?> type, String complaint) {
        assertThatThrownBy(() -> read(json, type))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageContaining(complaint);
    }

    private static <T> T read(String json, Class<T> type) {
        return Json.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), type);
    }
}
