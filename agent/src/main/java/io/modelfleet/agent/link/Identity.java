package io.modelfleet.agent.link;

import io.modelfleet.agent.pull.DurableFile;
import io.modelfleet.service.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The id that the coordinator gave this agent, kept on disk across restarts, and what tells this
 * run of the agent from every other. Thread-safe.
 */
public final class Identity {
    private static final System.Logger LOG = System.getLogger(Identity.class.getName());

    private final DurableFile file;
    private final InstantSource time;
    private final UUID instance = UUID.randomUUID();
    private volatile @Nullable UUID id;

    /**
     * @param directory must exist
     */
    public Identity(Path directory, InstantSource time) {
        this.file = new DurableFile(directory.resolve("agent-id"));
        this.time = time;
    }

    /**
     * Reads the id of an earlier run; a file that holds none is set aside.
     *
     * @throws StartException when the file system fails
     */
    public void load() {
        if (!Files.exists(file.path())) {
            return;
        }
        try {
            String text = Files.readString(file.path(), StandardCharsets.UTF_8).strip();
            id = UUID.fromString(text);
        } catch (IllegalArgumentException | java.nio.charset.CharacterCodingException corrupt) {
            setAside();
        } catch (IOException e) {
            throw new StartException(file.path() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void setAside() {
        try {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The file with the agent''s id is corrupt and was set aside: file={0}",
                    file.setAside(time.instant()));
        } catch (IOException e) {
            throw new StartException(file.path() + " cannot be moved: " + e.getMessage(), e);
        }
    }

    /** New with each start: by it the coordinator notices a second agent with the same id. */
    UUID instance() {
        return instance;
    }

    /** Empty before the first registration. */
    public Optional<UUID> id() {
        return Optional.ofNullable(id);
    }

    /** For a person. */
    String idText() {
        UUID known = id;
        return known == null ? "(none yet)" : known.toString();
    }

    /** Keeps a new id; a disk that refuses costs the id at the next start only. */
    void keep(UUID given) {
        if (given.equals(id)) {
            return;
        }
        id = given;
        try {
            file.write(given.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The id of this agent cannot be written: file={0}, error={1}",
                    file.path(),
                    e.getMessage());
        }
    }
}
