package io.modelfleet.coordinator.node;

import com.fasterxml.jackson.core.type.TypeReference;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.db.Rows;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.Presence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Nodes on disk: a row each, with its devices, models and tags as JSON, because nothing queries
 * inside them.
 */
final class NodeRepository {
    private static final TypeReference<List<GpuDevice>> DEVICES = new TypeReference<>() {};
    private static final TypeReference<List<InstalledModel>> MODELS = new TypeReference<>() {};
    private static final TypeReference<List<String>> TAGS = new TypeReference<>() {};

    private static final String SELECT =
            """
            SELECT id, machine_name, ip_address, ollama_version, ollama_port, api_port, agent_version, instance,
                   devices, models, custom_name, tags, notes, schedulable, presence, registered_at, last_seen
              FROM node
            """;

    private static final String INSERT =
            """
            INSERT INTO node (machine_name, ip_address, ollama_version, ollama_port, api_port, agent_version, instance,
                              devices, models, custom_name, tags, notes, schedulable, presence, last_seen, registered_at, id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String UPDATE =
            """
            UPDATE node
               SET machine_name = ?, ip_address = ?, ollama_version = ?, ollama_port = ?, api_port = ?,
                   agent_version = ?, instance = ?, devices = ?, models = ?, custom_name = ?, tags = ?, notes = ?, schedulable = ?,
                   presence = ?, last_seen = ?, registered_at = ?
             WHERE id = ?
            """;

    private static final String SEEN = "UPDATE node SET last_seen = ? WHERE id = ?";

    private final Database database;

    NodeRepository(Database database) {
        this.database = database;
    }

    List<Node> all() {
        return database.client()
                .execute()
                .createQuery(SELECT)
                .execute()
                .map(NodeRepository::node)
                .toList();
    }

    void insert(Node node) {
        write(database.client().execute(), INSERT, node);
    }

    void update(Node node) {
        write(database.client().execute(), UPDATE, node);
    }

    void delete(UUID id) {
        database.client()
                .execute()
                .createDelete("DELETE FROM node WHERE id = ?")
                .addParam(id.toString())
                .execute();
    }

    /** Writes when the nodes were last seen, in one transaction. */
    void seen(Collection<Node> nodes) {
        database.transaction(
                transaction -> {
                    for (Node node : nodes) {
                        transaction
                                .createUpdate(SEEN)
                                .addParam(node.lastSeen().toEpochMilli())
                                .addParam(node.id().toString())
                                .execute();
                    }
                    return nodes.size();
                });
    }

    private static void write(DbExecute execute, String sql, Node node) {
        NodeIdentity identity = node.identity();
        NodeSettings settings = node.settings();
        execute.createDmlStatement(sql)
                .addParam(identity.machineName())
                .addParam(identity.ipAddress())
                .addParam(identity.ollamaVersion())
                .addParam((long) identity.ollamaPort())
                .addParam((long) identity.apiPort())
                .addParam(identity.agentVersion())
                .addParam(identity.instance() == null ? null : identity.instance().toString())
                .addParam(json(node.devices()))
                .addParam(json(node.models()))
                .addParam(settings.customName())
                .addParam(json(settings.tags()))
                .addParam(settings.notes())
                .addParam(settings.schedulable() ? 1L : 0L)
                .addParam(node.presence().name())
                .addParam(node.lastSeen().toEpochMilli())
                .addParam(node.registeredAt().toEpochMilli())
                .addParam(node.id().toString())
                .execute();
    }

    private static Node node(DbRow row) {
        return new Node(
                UUID.fromString(required(row, "id")),
                new NodeIdentity(
                        required(row, "machine_name"),
                        required(row, "ip_address"),
                        Rows.text(row, "ollama_version"),
                        (int) number(row, "ollama_port"),
                        (int) number(row, "api_port"),
                        Rows.text(row, "agent_version"),
                        instance(row)),
                Json.read(bytes(row, "devices"), DEVICES),
                Json.read(bytes(row, "models"), MODELS),
                new NodeSettings(
                        Rows.text(row, "custom_name"),
                        Json.read(bytes(row, "tags"), TAGS),
                        Rows.text(row, "notes"),
                        number(row, "schedulable") == 1),
                NodeFigures.UNKNOWN,
                Presence.valueOf(required(row, "presence")),
                Instant.ofEpochMilli(number(row, "registered_at")),
                Instant.ofEpochMilli(number(row, "last_seen")));
    }

    private static @Nullable UUID instance(DbRow row) {
        @Nullable String text = Rows.text(row, "instance");
        return text == null ? null : UUID.fromString(text);
    }

    private static String json(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(DbRow row, String column) {
        return required(row, column).getBytes(StandardCharsets.UTF_8);
    }

    private static String required(DbRow row, String column) {
        @Nullable String text = Rows.text(row, column);
        return Objects.requireNonNull(text, column);
    }

    private static long number(DbRow row, String column) {
        @Nullable Long number = Rows.number(row, column);
        return Objects.requireNonNull(number, column);
    }
}
