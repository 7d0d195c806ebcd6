package io.modelfleet.coordinator.db;

import io.modelfleet.service.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Copies the embedded database into an empty one on a server, all of it or nothing. The source is
 * opened for reading alone, so a schema of an older program is taken as it is: the columns that it
 * lacks get their defaults.
 */
public final class DatabaseMove {
    private static final List<String> TABLES = List.of("removed_node", "node", "task");

    /** Rows sent to the server at once. */
    private static final int BATCH = 500;

    private static final String VERSION =
            """
            UPDATE fleet
               SET version = GREATEST(version, ?)
             WHERE id = 1
            """;

    private final Path folder;
    private final DatabaseAddress target;

    /** How many rows were copied. */
    public record Moved(long nodes, long tasks) {}

    /**
     * @param folder of the embedded database
     */
    public DatabaseMove(Path folder, DatabaseAddress target) {
        this.folder = folder;
        this.target = target;
    }

    /**
     * @throws StartException with one sentence: the source is in use or not there, the target
     *     cannot be opened or is not empty
     */
    public Moved run() {
        if (!Files.exists(folder.resolve("modelfleet.mv.db"))) {
            throw new StartException("there is no embedded database in " + folder);
        }
        try (Connection source = source()) {
            try (Database migrated = Database.at(target)) {
                migrated.start();
            }
            try (Connection connection =
                    DriverManager.getConnection(target.url(), target.user(), target.password())) {
                connection.setAutoCommit(false);
                Moved moved = copy(source, connection);
                connection.commit();
                return moved;
            }
        } catch (SQLException e) {
            throw new StartException(
                    "nothing was moved to the database " + target + ": " + Failures.cause(e), e);
        }
    }

    private Connection source() {
        try {
            return DriverManager.getConnection(
                    Database.embeddedUrl(folder) + ";ACCESS_MODE_DATA=r", "", "");
        } catch (SQLException e) {
            throw new StartException(
                    "the embedded database in "
                            + folder
                            + " cannot be read; if a coordinator uses it, stop that first: "
                            + Failures.cause(e),
                    e);
        }
    }

    private Moved copy(Connection source, Connection connection) throws SQLException {
        checkEmpty(connection);
        if (columns(source, "fleet").contains("version")) {
            long version = number(source, "SELECT version FROM fleet WHERE id = 1");
            try (PreparedStatement update = connection.prepareStatement(VERSION)) {
                update.setLong(1, version);
                update.executeUpdate();
            }
        }
        for (String table : TABLES) {
            copy(source, connection, table);
        }
        return new Moved(count(connection, "node"), count(connection, "task"));
    }

    /** Holds the fleet's row until the end, so that no coordinator writes between. */
    private void checkEmpty(Connection connection) throws SQLException {
        number(connection, "SELECT version FROM fleet WHERE id = 1 FOR UPDATE");
        long nodes = count(connection, "node");
        long tasks = count(connection, "task");
        if (nodes + tasks + count(connection, "removed_node") > 0) {
            throw new StartException(
                    "the database %s is not empty (%d nodes, %d tasks); move into a new one"
                            .formatted(target, nodes, tasks));
        }
    }

    private static void copy(Connection source, Connection connection, String table)
            throws SQLException {
        List<String> names = columns(source, table);
        if (names.isEmpty()) {
            return; // a schema of before this table
        }
        if (!columns(connection, table).containsAll(names)) {
            throw new StartException(
                    "the embedded database was written by a newer coordinator; move it with that");
        }
        String list = String.join(", ", names);
        String marks = names.stream().map(name -> "?").collect(Collectors.joining(", "));
        try (Statement select = source.createStatement();
                ResultSet rows = select.executeQuery("SELECT " + list + " FROM " + table);
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO %s (%s) VALUES (%s)".formatted(table, list, marks))) {
            int waiting = 0;
            while (rows.next()) {
                for (int i = 1; i <= names.size(); i++) {
                    insert.setObject(i, value(rows, i));
                }
                insert.addBatch();
                if (++waiting % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /** The schema has texts and numbers alone; a long text is a stream in H2. */
    private static Object value(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        return value == null || value instanceof Number ? value : rows.getString(column);
    }

    /** Of a table, in lower case; empty where there is no such table. */
    private static List<String> columns(Connection connection, String table) throws SQLException {
        DatabaseMetaData schema = connection.getMetaData();
        TreeSet<String> names = new TreeSet<>();
        try (ResultSet columns =
                schema.getColumns(connection.getCatalog(), connection.getSchema(), table, null)) {
            while (columns.next()) {
                names.add(columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return new ArrayList<>(names);
    }

    private static long count(Connection connection, String table) throws SQLException {
        return number(connection, "SELECT COUNT(*) FROM " + table);
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
