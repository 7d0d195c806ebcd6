package io.modelfleet.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireRecordsTest {
    private static final UUID ID = UUID.fromString("550e8400-e29b-41d4-a716-446655440000");
    private static final UUID OTHER = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
    private static final Instant TIME = Instant.parse("2025-11-14T10:00:00.123Z");
    private static final ModelName MODEL = ModelName.parse("hf.co/Owner/Model:Q4");
    private static final Digest DIGEST = Digest.of(new byte[] {1});
    private static final Blob BLOB = new Blob(DIGEST, 7);
    private static final GpuDevice GPU =
            new GpuDevice("GPU-1", "nvidia", "RTX 4090", 2, 24L << 30, 5L, 40, 65, "570.1", "8.9");
    private static final InstalledModel INSTALLED = new InstalledModel(MODEL, 7L, DIGEST, TIME);
    private static final TaskOrder ORDER =
            new TaskOrder(ID, TaskKind.PULL, MODEL, OTHER, List.of(BLOB));
    private static final AvailableModel AVAILABLE = new AvailableModel(MODEL, "Model", 0.5, "text");
    private static final NodeModel NODE_MODEL = new NodeModel(MODEL, 0.1, TIME, DIGEST, 7L, true);
    private static final Agent AGENT =
            new Agent(
                    ID,
                    "machine",
                    "名前",
                    "192.0.2.10",
                    "0.33.0",
                    11434,
                    11435,
                    Presence.OFFLINE,
                    true,
                    TIME,
                    TIME,
                    true,
                    2,
                    "RTX 4090",
                    List.of(GPU),
                    24L << 30,
                    1.5,
                    2.5,
                    100L,
                    50L,
                    List.of(MODEL),
                    List.of("lab"),
                    "notes",
                    OllamaState.UNREACHABLE,
                    "0.1.0");
    private static final Task TASK =
            new Task(
                    ID,
                    TaskKind.REMOVE,
                    OTHER,
                    MODEL,
                    TaskStatus.FAILED,
                    0.45,
                    10_485_760,
                    45L,
                    100L,
                    6L,
                    5,
                    "cause",
                    "DISK_FULL",
                    OTHER,
                    TIME,
                    TIME,
                    TIME,
                    TIME);

    /** Every field of each is set, so that none is lost unseen. */
    static Stream<Record> records() {
        return Stream.of(
                AGENT,
                new AgentHealth(
                        "ok", ID, AgentHealth.Link.UNREACHABLE, OllamaState.OK, "0.1.0", "refused"),
                new AgentTask(ID, TaskKind.PULL, MODEL, TaskStatus.VERIFYING, 1, 5, 6L, 7L),
                AVAILABLE,
                new AvailableModels(List.of(AVAILABLE), AvailableModels.Source.OLLAMA_LIBRARY),
                BLOB,
                new Changes(
                        9,
                        true,
                        List.of(AGENT),
                        List.of(OTHER),
                        List.of(new NodeModels(ID, List.of(NODE_MODEL))),
                        List.of(TASK)),
                new DistributeReply(
                        List.of(ID),
                        List.of(new DistributeReply.Skipped(OTHER, "AGENT_OFFLINE", "text"))),
                new DistributeReply.Skipped(OTHER, "AGENT_OFFLINE", "text"),
                new DistributeRequest(
                        MODEL,
                        DistributeRequest.Target.SPECIFIC,
                        List.of(ID, OTHER),
                        OnUnavailable.QUEUE,
                        DistributeRequest.IfInstalled.SKIP),
                GPU,
                new Heartbeat(
                        ID,
                        1.5,
                        2.5,
                        3.5,
                        49_152L,
                        10L,
                        65.5,
                        List.of(MODEL),
                        100L,
                        50L,
                        List.of(GPU),
                        List.of(INSTALLED),
                        OllamaState.OK,
                        "0.33.0",
                        List.of(OTHER),
                        true,
                        OTHER),
                new HeartbeatReply(List.of(ORDER)),
                INSTALLED,
                new Manifest(DIGEST, List.of(BLOB)),
                NODE_MODEL,
                new NodeModels(ID, List.of(NODE_MODEL)),
                new Problem("text", "CODE"),
                new ProgressReport(
                        0.45,
                        1e6,
                        TaskStatus.FAILED,
                        45L,
                        100L,
                        "cause",
                        ErrorCode.DIGEST_MISMATCH),
                new PullRequest(MODEL, OnUnavailable.REFUSE),
                new Registration(
                        ID,
                        "machine",
                        "2001:db8::1",
                        "0.33.0",
                        11434,
                        11435,
                        true,
                        List.of(GPU),
                        "0.1.0",
                        OllamaState.OK,
                        List.of(INSTALLED),
                        List.of(MODEL),
                        100L,
                        50L,
                        OTHER),
                new RegistrationReply(ID, RegistrationReply.Status.UPDATED, MODEL, OTHER),
                TASK,
                new TaskAccepted("accepted", MODEL, ID),
                new TaskCreated(ID, true),
                ORDER,
                new TaskPage(List.of(TASK), "cursor"));
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyRecordIsReadBackAsItWasWritten(Record value) {
        assertThat((Object) Json.read(Json.write(value), value.getClass())).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyRecordIsWrittenWithAllItsFieldsAndNothingElse(Record value) throws Exception {
        JsonNode tree = Json.mapper().readTree(Json.write(value));

        assertThat(tree.size()).isEqualTo(value.getClass().getRecordComponents().length);
        assertThat(tree.fieldNames())
                .toIterable()
                .allSatisfy(name -> assertThat(name).matches("[a-z]+(_[a-z]+)*"));
    }

    @Test
    void noRecordIsForgottenHere() {
        Set<String> tested =
                records().map(value -> value.getClass().getName()).collect(Collectors.toSet());

        assertThat(wireRecords()).isNotEmpty().isSubsetOf(tested);
    }

    /** {@link Digest} is a value within the others; it is written as a string. */
    private static List<String> wireRecords() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.modelfleet.protocol")
                        .stream()
                        .filter(type -> type.isAssignableTo(Record.class))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.isEquivalentTo(Digest.class))
                        .map(JavaClass::getName)
                        .toList();
    }
}
