package io.modelfleet.coordinator.db;

import io.modelfleet.service.InvalidSettingException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL database is, and who opens it. The password stands in no text that this class
 * makes.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, free of secrets
 * @param user {@code null} for the driver's own choice
 * @param password {@code null} where the server asks for none
 */
public record DatabaseAddress(String url, @Nullable String user, @Nullable String password) {
    private static final String EXAMPLE = "jdbc:postgresql://host:5432/database";
    private static final Pattern SCHEME = Pattern.compile("((?:jdbc:)?[a-z0-9]{1,20}):.*");
    private static final Pattern SHAPE =
            Pattern.compile("jdbc:postgresql://[^/?@\\s]+/[^/?@\\s]+(\\?\\S*)?");

    /**
     * @throws InvalidSettingException with one sentence, which never repeats the address: it may
     *     hold a password where none is expected
     */
    public DatabaseAddress {
        Matcher scheme = SCHEME.matcher(url);
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new InvalidSettingException(
                    "--database-url must be an address like "
                            + EXAMPLE
                            + (scheme.matches() ? ", not one of " + scheme.group(1) : "")
                            + "; without it the embedded database is used");
        }
        if (holdsPassword(url)) {
            throw new InvalidSettingException(
                    "--database-url must not hold a user or a password, because everyone on the"
                            + " machine can read it: use --database-user and"
                            + " MODELFLEET_COORDINATOR_DATABASE_PASSWORD or"
                            + " --database-password-file");
        }
        if (!SHAPE.matcher(url).matches() || !understood(url)) {
            throw new InvalidSettingException(
                    "--database-url must be an address like " + EXAMPLE + "?ssl=true");
        }
    }

    private static boolean holdsPassword(String url) {
        int query = url.indexOf('?');
        String beforeQuery = query < 0 ? url : url.substring(0, query);
        String parameters = query < 0 ? "" : url.substring(query).toLowerCase(Locale.ROOT);
        return beforeQuery.contains("@")
                || parameters.contains("password")
                || parameters.matches(".*[?&]user=.*");
    }

    private static boolean understood(String url) {
        try {
            return DriverManager.getDriver(url) != null;
        } catch (SQLException noDriverTakesIt) {
            return false;
        }
    }

    /** For the log: who opens what, without how. */
    @Override
    public String toString() {
        return user == null ? url : url + " as " + user;
    }
}
