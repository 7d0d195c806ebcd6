package io.modelfleet.coordinator.node;

import com.fasterxml.jackson.core.type.TypeReference;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbStatementDml;
import io.helidon.dbclient.DbStatementQuery;
import io.modelfleet.coordinator.db.Database;
import io.modelfleet.coordinator.db.Rows;
import io.modelfleet.coordinator.db.Stored;
import io.modelfleet.coordinator.db.View;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.Presence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
                   devices, models, custom_name, tags, notes, schedulable, presence, registered_at, last_seen,
                   figures, version
              FROM node
            """;

    private static final String INSERT =
            """
            INSERT INTO node (machine_name, ip_address, ollama_version, ollama_port, api_port, agent_version, instance,
                              devices, models, custom_name, tags, notes, schedulable, presence, last_seen,
                              registered_at, version, id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String UPDATE =
            """
            UPDATE node
               SET machine_name = ?, ip_address = ?, ollama_version = ?, ollama_port = ?, api_port = ?,
                   agent_version = ?, instance = ?, devices = ?, models = ?, custom_name = ?, tags = ?, notes = ?,
                   schedulable = ?, presence = ?, last_seen = ?, registered_at = ?, version = ?
             WHERE id = ? AND version = ?
            """;

    private static final String SEEN =
            "UPDATE node SET last_seen = ?, version = ? WHERE id = ? AND version = ?";

    private static final String SEEN_WITH_FIGURES =
            """
            UPDATE node SET last_seen = ?, version = ?, devices = ?, figures = ? WHERE id = ? AND version = ?
            """;

    private final Database database;

    NodeRepository(Database database) {
        this.database = database;
    }

    List<Stored<Node>> all() {
        return nodes(database.client().execute().createQuery(SELECT));
    }

    /** Nodes that were written after this version, the latest last. */
    List<Stored<Node>> since(long version) {
        return nodes(
                database.client()
                        .execute()
                        .createQuery(SELECT + " WHERE version > ? ORDER BY version")
                        .addParam(version));
    }

    private static List<Stored<Node>> nodes(DbStatementQuery query) {
        return query.execute().map(NodeRepository::stored).toList();
    }

    Optional<Stored<Node>> find(UUID id) {
        return database.client()
                .execute()
                .createGet(SELECT + " WHERE id = ?")
                .addParam(id.toString())
                .execute()
                .map(NodeRepository::stored);
    }

    /**
     * Versions of the nodes that were written after this one, by id; as the transaction sees it.
     */
    Map<UUID, Long> versionsSince(View view, long version) {
        return versions(view, "SELECT id, version FROM node WHERE version > ?", version);
    }

    /** When nodes were removed after this version, by id. */
    Map<UUID, Long> removedSince(View view, long version) {
        return versions(view, "SELECT id, version FROM removed_node WHERE version > ?", version);
    }

    Map<UUID, Long> removedSince(long version) {
        return removedSince(new View(database.client().execute()), version);
    }

    private static Map<UUID, Long> versions(View view, String sql, long version) {
        return view.execute()
                .createQuery(sql)
                .addParam(version)
                .execute()
                .collect(
                        Collectors.toMap(
                                row -> UUID.fromString(required(row, "id")),
                                row -> number(row, "version")));
    }

    /**
     * @param current whether all is known that the decision to insert rests on
     * @return the version; empty when it was not
     */
    OptionalLong insert(Node node, Predicate<View> current) {
        return database.write(
                (transaction, version) -> {
                    if (!current.test(new View(transaction))) {
                        return OptionalLong.empty();
                    }
                    write(transaction.createDmlStatement(INSERT), node, version)
                            .addParam(node.id().toString())
                            .execute();
                    return OptionalLong.of(version);
                });
    }

    /**
     * @return the new version; empty when the row is no longer at this one
     */
    OptionalLong update(Node node, long from) {
        return database.write(
                (transaction, version) ->
                        write(transaction.createDmlStatement(UPDATE), node, version)
                                                .addParam(node.id().toString())
                                                .addParam(from)
                                                .execute()
                                        == 1
                                ? OptionalLong.of(version)
                                : OptionalLong.empty());
    }

    /**
     * @param idle whether nothing is left to do on the node
     * @return the version; empty when something was left
     */
    OptionalLong delete(UUID id, Instant now, Predicate<View> idle) {
        return database.write(
                (transaction, version) -> {
                    if (!idle.test(new View(transaction))) {
                        return OptionalLong.empty();
                    }
                    for (String table : List.of("node", "removed_node")) {
                        transaction
                                .createDelete("DELETE FROM " + table + " WHERE id = ?")
                                .addParam(id.toString())
                                .execute();
                    }
                    transaction
                            .createInsert(
                                    "INSERT INTO removed_node (id, version, removed_at) VALUES (?, ?, ?)")
                            .addParam(id.toString())
                            .addParam(version)
                            .addParam(now.toEpochMilli())
                            .execute();
                    return OptionalLong.of(version);
                });
    }

    /**
     * Writes when the nodes were last seen, in one transaction; where others read the database, the
     * figures as well.
     *
     * @return the nodes written, at their new version; one that somebody else wrote meanwhile is
     *     left out
     */
    List<Stored<Node>> seen(Collection<Stored<Node>> nodes) {
        return database.write(
                (transaction, version) ->
                        nodes.stream()
                                .filter(node -> seen(transaction, node, version))
                                .map(node -> new Stored<>(node.value(), version))
                                .toList());
    }

    private boolean seen(DbExecute execute, Stored<Node> node, long version) {
        DbStatementDml update =
                execute.createUpdate(database.shared() ? SEEN_WITH_FIGURES : SEEN)
                        .addParam(node.value().lastSeen().toEpochMilli())
                        .addParam(version);
        if (database.shared()) {
            update.addParam(json(node.value().devices())).addParam(json(node.value().figures()));
        }
        return update.addParam(node.value().id().toString()).addParam(node.version()).execute()
                == 1;
    }

    private static DbStatementDml write(DbStatementDml statement, Node node, long version) {
        NodeIdentity identity = node.identity();
        NodeSettings settings = node.settings();
        return statement
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
                .addParam(version);
    }

    private static Stored<Node> stored(DbRow row) {
        return new Stored<>(node(row), number(row, "version"));
    }

    private static Node node(DbRow row) {
        @Nullable String figures = Rows.text(row, "figures");
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
                figures == null
                        ? NodeFigures.UNKNOWN
                        : Json.read(figures.getBytes(StandardCharsets.UTF_8), NodeFigures.class),
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
