package io.modelfleet.agent.pull;

import io.modelfleet.protocol.ErrorCode;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.TaskOrder;
import io.modelfleet.protocol.TaskStatus;
import io.modelfleet.service.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The node's tasks on disk, in order, so that a restarted agent goes on where it was. Used under
 * the queue's lock.
 */
public final class Journal {
    private static final System.Logger LOG = System.getLogger(Journal.class.getName());

    /** How much shown progress a crash may forget. */
    private static final Duration CHECKPOINT = Duration.ofSeconds(5);

    private final DurableFile file;
    private final InstantSource time;
    private Instant lastSaved = Instant.EPOCH;

    /**
     * @param directory must exist
     */
    public Journal(Path directory, InstantSource time) {
        this.file = new DurableFile(directory.resolve("tasks.json"));
        this.time = time;
    }

    /**
     * A task as it is remembered.
     *
     * @param fraction the highest progress that was shown, 0 to 1
     * @param bytesCompleted the most bytes that were shown
     * @param ended the final status that the coordinator has not yet confirmed
     * @param mismatched whether what was downloaded had a wrong digest once; absent means no
     */
    record Entry(
            TaskOrder order,
            double fraction,
            long bytesCompleted,
            @Nullable TaskStatus ended,
            @Nullable String error,
            @Nullable ErrorCode errorCode,
            @Nullable Boolean mismatched) {}

    private record Document(@Nullable List<Entry> tasks) {}

    /**
     * Reads what an earlier run left; a file that cannot be understood is set aside.
     *
     * @throws StartException when the file system fails
     */
    List<Entry> load() {
        if (!Files.exists(file.path())) {
            return List.of();
        }
        try {
            return parse(Files.readAllBytes(file.path()));
        } catch (FleetException corrupt) {
            return setAside(corrupt);
        } catch (IOException e) {
            throw new StartException(file.path() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Drops what an earlier run left: an agent without an id is a new one, and tasks that lie
     * beside a deleted id are another agent's. The coordinator hands out again what is meant for
     * this one.
     *
     * @throws StartException when the file system fails
     */
    public void beginAnew() {
        try {
            if (Files.deleteIfExists(file.path())) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "Tasks that lay beside no agent-id were dropped: " + file.path());
            }
        } catch (IOException e) {
            throw new StartException(file.path() + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    private static List<Entry> parse(byte[] content) {
        Document document = Json.read(content, Document.class);
        List<Entry> entries = Objects.requireNonNullElse(document.tasks(), List.of());
        for (Entry entry : entries) {
            if (entry == null || entry.order() == null || entry.order().kind() == null) {
                throw FleetException.missingField("tasks.order");
            }
        }
        return entries;
    }

    private List<Entry> setAside(FleetException corrupt) {
        try {
            Path aside = file.setAside(time.instant());
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Journal is corrupt and was set aside; the coordinator hands open tasks out again: file={0}, error={1}",
                    aside,
                    corrupt.getMessage());
            return List.of();
        } catch (IOException e) {
            throw new StartException(file.path() + " cannot be moved: " + e.getMessage(), e);
        }
    }

    /** Replaces what is remembered; it is on the disk when this returns. */
    void save(List<Entry> entries) throws IOException {
        file.write(Json.write(new Document(entries)));
        lastSaved = time.instant();
    }

    /** As {@link #save}; a disk that refuses costs what changed only if the agent is killed too. */
    void saveOrWarn(List<Entry> entries) {
        try {
            save(entries);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Journal cannot be written: error={0}",
                    e.getMessage());
        }
    }

    /** Whether progress that is not written down has grown old enough to be. */
    boolean due() {
        return Duration.between(lastSaved, time.instant()).compareTo(CHECKPOINT) >= 0;
    }
}
