package io.modelfleet.agent.ollama;

import io.modelfleet.protocol.Digest;
import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.InstalledModel;
import io.modelfleet.protocol.ModelName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answers of {@code /api/tags} and {@code /api/ps}, read with tolerance. */
record Listed(@Nullable List<Entry> models) {

    /** A model; {@code remoteHost} marks a cloud stub, which has no weights here. */
    record Entry(
            @Nullable String name,
            @Nullable String modifiedAt,
            @Nullable Long size,
            @Nullable String digest,
            @Nullable String remoteHost) {

        private Optional<ModelName> parsedName() {
            try {
                return Optional.of(ModelName.parse(name));
            } catch (FleetException notAName) {
                return Optional.empty();
            }
        }

        private InstalledModel installed(ModelName parsed) {
            return new InstalledModel(
                    parsed, size == null || size < 0 ? null : size, parsedDigest(), parsedTime());
        }

        private @Nullable Digest parsedDigest() {
            try {
                return digest == null ? null : Digest.parse(digest);
            } catch (FleetException notADigest) {
                return null;
            }
        }

        private @Nullable Instant parsedTime() {
            try {
                return modifiedAt == null ? null : OffsetDateTime.parse(modifiedAt).toInstant();
            } catch (DateTimeException notATime) {
                return null;
            }
        }
    }

    /** In Ollama's order, newest first; stubs and names outside the grammar are left out. */
    List<InstalledModel> installed() {
        return withWeights()
                .flatMap(entry -> entry.parsedName().map(entry::installed).stream())
                .toList();
    }

    List<ModelName> names() {
        return withWeights().flatMap(entry -> entry.parsedName().stream()).toList();
    }

    private Stream<Entry> withWeights() {
        return Stream.ofNullable(models)
                .flatMap(List::stream)
                .filter(entry -> entry.remoteHost == null || entry.remoteHost.isEmpty());
    }
}
