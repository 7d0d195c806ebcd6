package io.modelfleet.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.modelfleet.coordinator.catalog.LoopbackRegistry;
import io.modelfleet.coordinator.fixture.Fleet;
import io.modelfleet.coordinator.fixture.StubAgent;
import io.modelfleet.protocol.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alert rules, held against what a coordinator serves that has lived. */
@Timeout(60)
class MonitoringAssetsTest {
    private static final Path ASSETS = Path.of("..", "assets", "monitoring");

    /** Prometheus makes these itself. */
    private static final Set<String> OWN_METRICS = Set.of("up");

    private static final Set<String> OWN_LABELS = Set.of("job", "instance");

    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    @TempDir static Path folder;
    private static Fleet fleet;
    private static StubAgent agent;

    /** A line of {@code /metrics}. */
    record Sample(String name, Map<String, String> labels, double value) {}

    @BeforeAll
    static void live() {
        fleet = new Fleet(folder, Fleet.OFF);
        fleet.registry().answerAll(LoopbackRegistry.status(500));
        agent = new StubAgent();
        UUID node = fleet.node("gpu-1", agent, 1_000_000_000_000L);
        String done = fleet.pull(node, "a:1b").text("task_id");
        report(
                done,
                "\"status\":\"downloading\",\"bytes_completed\":4000000,\"bytes_total\":9000000,\"speed\":1000");
        report(done, "\"status\":\"completed\",\"bytes_completed\":9000000");
        String failed = fleet.pull(node, "b:1b").text("task_id");
        report(failed, "\"status\":\"failed\",\"error\":\"no room\",\"error_code\":\"DISK_FULL\"");
        agent.answer(StubAgent.problem(503, "not now"));
        fleet.pull(node, "c:1b");
        fleet.api().get("/nowhere");
        // Pauses are served from the first one on.
        System.gc();
    }

    private static void report(String task, String fields) {
        assertThat(
                        fleet.api()
                                .post("/api/tasks/" + task + "/progress", "{" + fields + "}")
                                .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        fleet.close();
        agent.close();
    }

    @Test
    void theDashboardAsksForNothingThatIsNotServed() throws IOException {
        JsonNode dashboard =
                Json.mapper().readTree(Files.readString(ASSETS.resolve("grafana-dashboard.json")));
        List<String> expressions = new ArrayList<>();
        dashboard.findValues("expr").forEach(expr -> expressions.add(expr.asText()));
        assertThat(expressions).hasSizeGreaterThan(30);
        assertThat(dashboard.path("panels").valueStream().map(panel -> panel.path("id").asInt()))
                .doesNotHaveDuplicates();

        expressions.forEach(MonitoringAssetsTest::check);
        assertThat(dashboard.path("templating").findValuesAsText("definition"))
                .allSatisfy(
                        query ->
                                assertThat(query).startsWith("label_values(modelfleet_build_info"));
        check("modelfleet_build_info");
    }

    @Test
    void theAlertsAskForNothingThatIsNotServedAndSayWhatToDo() throws IOException {
        JsonNode rules =
                new YAMLMapper()
                        .readTree(ASSETS.resolve("alerts.yaml").toFile())
                        .at("/groups/0/rules");
        assertThat(rules).hasSizeGreaterThan(8);
        for (JsonNode rule : rules) {
            String name = rule.path("alert").asText();
            assertThat(name).startsWith("Modelfleet");
            assertThat(rule.at("/labels/severity").asText()).as(name).isIn("warning", "critical");
            assertThat(rule.at("/annotations/summary").asText()).as(name).hasSizeGreaterThan(20);
            assertThat(rule.at("/annotations/action").asText()).as(name).hasSizeGreaterThan(40);
            check(rule.path("expr").asText());
        }
    }

    @Test
    void figuresTellWhatHappened() {
        await().untilAsserted(
                        () -> {
                            List<Sample> served = served();
                            assertThat(
                                            value(
                                                    served,
                                                    "modelfleet_tasks_finished_total",
                                                    Map.of("kind", "pull", "status", "completed")))
                                    .isEqualTo(1);
                            assertThat(
                                            value(
                                                    served,
                                                    "modelfleet_task_failures_total",
                                                    Map.of("code", "disk_full")))
                                    .isEqualTo(1);
                            assertThat(
                                            value(
                                                    served,
                                                    "modelfleet_dispatch_failures_total",
                                                    Map.of()))
                                    .isPositive();
                            assertThat(value(served, "modelfleet_downloaded_bytes_total", Map.of()))
                                    .isEqualTo(9_000_000);
                            assertThat(value(served, "modelfleet_queue_length", Map.of()))
                                    .isEqualTo(1);
                            assertThat(value(served, "modelfleet_database_up", Map.of()))
                                    .isEqualTo(1);
                            assertThat(value(served, "modelfleet_database_size_bytes", Map.of()))
                                    .isGreaterThan(1000);
                            assertThat(
                                            value(
                                                    served,
                                                    "hikaricp_connections_usage_seconds_count",
                                                    Map.of()))
                                    .isPositive();
                            assertThat(
                                            value(
                                                    served,
                                                    "modelfleet_http_requests_seconds_count",
                                                    Map.of("route", "(none)", "status", "404")))
                                    .isEqualTo(1);
                        });

        fleet.clock().advance(Duration.ofSeconds(15));
        List<Sample> later = served();
        assertThat(value(later, "modelfleet_heartbeat_age_max_seconds", Map.of())).isEqualTo(15);
        assertThat(value(later, "modelfleet_queue_oldest_age_seconds", Map.of("node", "ready")))
                .isEqualTo(15);
    }

    @Test
    void noFigureCarriesTheNameOfANodeOrATask() {
        assertThat(served())
                .allSatisfy(
                        sample ->
                                assertThat(sample.labels())
                                        .doesNotContainKeys(
                                                "agent_id", "task_id", "machine_name", "model"));
        assertThat(served()).hasSizeLessThan(1000);
    }

    /** Every metric, label and value; what comes with a delay is waited for. */
    private static void check(String expression) {
        List<Selector> selectors = Selector.in(expression);
        assertThat(selectors).as(expression).isNotEmpty();
        for (Selector selector : selectors) {
            if (!OWN_METRICS.contains(selector.metric())) {
                await(expression).untilAsserted(() -> check(selector, served()));
            }
        }
    }

    private static void check(Selector selector, List<Sample> served) {
        List<Sample> found =
                served.stream()
                        .filter(sample -> sample.name().equals(selector.metric()))
                        .filter(
                                sample ->
                                        selector.matchers().stream()
                                                .filter(
                                                        matching ->
                                                                !OWN_LABELS.contains(
                                                                        matching.label()))
                                                .allMatch(
                                                        matching ->
                                                                matching.holds(sample.labels())))
                        .toList();
        assertThat(found).as("served: %s", selector).isNotEmpty();
        for (String label : selector.grouped()) {
            if (!OWN_LABELS.contains(label)) {
                assertThat(found)
                        .as("label %s of %s", label, selector)
                        .allSatisfy(sample -> assertThat(sample.labels()).containsKey(label));
            }
        }
    }

    private static double value(List<Sample> served, String name, Map<String, String> labels) {
        return served.stream()
                .filter(
                        sample ->
                                sample.name().equals(name)
                                        && sample.labels()
                                                .entrySet()
                                                .containsAll(labels.entrySet()))
                .mapToDouble(Sample::value)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + labels + " is not served"));
    }

    private static List<Sample> served() {
        List<Sample> samples = new ArrayList<>();
        Matcher line = SAMPLE.matcher(fleet.api().get("/metrics").body());
        while (line.find()) {
            Map<String, String> labels = new HashMap<>();
            if (line.group(2) != null) {
                for (MatchResult label : LABEL.matcher(line.group(2)).results().toList()) {
                    labels.put(label.group(1), label.group(2));
                }
            }
            samples.add(
                    new Sample(
                            line.group(1),
                            labels,
                            Double.parseDouble(line.group(3).replace("+Inf", "Infinity"))));
        }
        return samples;
    }
}
