package io.modelfleet.agent.standin;

import com.sun.net.httpserver.HttpExchange;
import io.modelfleet.protocol.Heartbeat;
import io.modelfleet.protocol.HeartbeatReply;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.ModelName;
import io.modelfleet.protocol.ProgressReport;
import io.modelfleet.protocol.Registration;
import io.modelfleet.protocol.RegistrationReply;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records what agents send; its answers are set by the test. */
public final class StandInCoordinator implements AutoCloseable {
    public static final UUID AGENT = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");

    private final LocalServer server;
    private final List<Object> calls = new CopyOnWriteArrayList<>();
    private final List<Integer> refusals = new CopyOnWriteArrayList<>();
    private volatile List<TaskOrder> wished = List.of();
    private volatile @Nullable RegistrationReply registration;
    private volatile Function<Heartbeat, Optional<Integer>> heartbeatRefusal =
            heartbeat -> Optional.empty();
    private volatile Function<Reported, Optional<Integer>> progressRefusal =
            reported -> Optional.empty();
    private volatile String rawAnswer = "";
    private volatile Runnable beforeHeartbeatAnswer = () -> {};

    /** A progress report as it came. */
    public record Reported(UUID task, ProgressReport report, Instant at) {}

    public StandInCoordinator() {
        this(0);
    }

    public StandInCoordinator(int port) {
        server = new LocalServer(port, this::handle);
    }

    public URI url() {
        return server.url();
    }

    /** What every heartbeat is answered from now on, until a task's end is reported. */
    public void wish(TaskOrder... orders) {
        wished = List.of(orders);
    }

    /** The raw answer to every heartbeat from now on, instead of what is wished. */
    public void answerHeartbeats(String json) {
        rawAnswer = json;
    }

    /** The next registrations get these statuses instead of an answer. */
    public void refuseRegistrations(Integer... statuses) {
        refusals.addAll(List.of(statuses));
    }

    public void autoDistribute(String model, UUID task) {
        registration =
                new RegistrationReply(
                        AGENT, RegistrationReply.Status.REGISTERED, ModelName.parse(model), task);
    }

    public void refuseHeartbeats(Function<Heartbeat, Optional<Integer>> rule) {
        heartbeatRefusal = rule;
    }

    public void refuseProgress(Function<Reported, Optional<Integer>> rule) {
        progressRefusal = rule;
    }

    /** Runs after a heartbeat's answer has been decided, before it is sent. */
    public void beforeHeartbeatAnswer(Runnable action) {
        beforeHeartbeatAnswer = action;
    }

    /** {@link Registration}, {@link Heartbeat} and {@link Reported}, in order. */
    public List<Object> calls() {
        return List.copyOf(calls);
    }

    public <T> List<T> calls(Class<T> type) {
        return calls.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/api/agents")) {
            register(exchange, Json.read(body, Registration.class));
        } else if (path.equals("/api/health")) {
            heartbeat(exchange, Json.read(body, Heartbeat.class));
        } else {
            UUID task = UUID.fromString(path.split("/", -1)[3]);
            progress(
                    exchange,
                    new Reported(task, Json.read(body, ProgressReport.class), Instant.now()));
        }
    }

    private void register(HttpExchange exchange, Registration call) throws IOException {
        calls.add(call);
        if (!refusals.isEmpty()) {
            int status = refusals.removeFirst();
            refuse(exchange, status, code(status));
            return;
        }
        RegistrationReply set = registration;
        answer(
                exchange,
                set == null
                        ? new RegistrationReply(AGENT, RegistrationReply.Status.UPDATED, null, null)
                        : set);
    }

    private void heartbeat(HttpExchange exchange, Heartbeat call) throws IOException {
        List<TaskOrder> answer = wished;
        Optional<Integer> refused = heartbeatRefusal.apply(call);
        calls.add(call);
        beforeHeartbeatAnswer.run();
        if (refused.isPresent()) {
            refuse(exchange, refused.get(), code(refused.get()));
        } else if (!rawAnswer.isEmpty()) {
            LocalServer.answer(exchange, 200, rawAnswer.getBytes(StandardCharsets.UTF_8));
        } else {
            answer(exchange, new HeartbeatReply(answer));
        }
    }

    private void progress(HttpExchange exchange, Reported call) throws IOException {
        Optional<Integer> refused = progressRefusal.apply(call);
        calls.add(call);
        if (refused.isPresent()) {
            refuse(exchange, refused.get(), "TASK_NOT_FOUND");
        } else {
            TaskStatus status = call.report().status();
            if (status != null && status.isFinal()) {
                wished =
                        wished.stream()
                                .filter(order -> !order.taskId().equals(call.task()))
                                .toList();
            }
            LocalServer.answer(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String code(int status) {
        return switch (status) {
            case 403 -> "GPU_REQUIRED";
            case 404 -> "AGENT_NOT_FOUND";
            case 409 -> "AGENT_ID_IN_USE";
            default -> "UNAVAILABLE";
        };
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        String problem = "{\"error\":\"refused by the test\",\"code\":\"" + code + "\"}";
        LocalServer.answer(exchange, status, problem.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, Object body) throws IOException {
        LocalServer.answer(exchange, 200, Json.write(body));
    }

    @Override
    public void close() {
        server.close();
    }
}
