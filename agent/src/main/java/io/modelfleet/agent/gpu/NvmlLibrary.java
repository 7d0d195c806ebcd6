package io.modelfleet.agent.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where NVIDIA's management library lies. */
final class NvmlLibrary {
    /** Never the name without its version: that one belongs to the development kit, a stub. */
    static final String LINUX_NAME = "libnvidia-ml.so.1";

    private static final Path WSL = Path.of("/usr/lib/wsl/lib", LINUX_NAME);

    private NvmlLibrary() {}

    /** Under WSL the distribution may bring a library of its own that fits no driver. */
    static Optional<SymbolLookup> linux() {
        return first(List.of(WSL.toString(), LINUX_NAME));
    }

    /** By its whole path, so that no file of that name in the working directory is loaded. */
    static Optional<SymbolLookup> windows(String systemRoot) {
        return first(List.of(systemRoot + "\\System32\\nvml.dll"));
    }

    static Optional<SymbolLookup> first(List<String> candidates) {
        for (String candidate : candidates) {
            Optional<SymbolLookup> library = open(candidate);
            if (library.isPresent()) {
                return library;
            }
        }
        return Optional.empty();
    }

    /** Loaded for the life of the process: a driver's library does not survive being unloaded. */
    @SuppressWarnings("restricted")
    private static Optional<SymbolLookup> open(String candidate) {
        Path path = Path.of(candidate);
        if (path.isAbsolute() && !Files.exists(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SymbolLookup.libraryLookup(candidate, Arena.global()));
        } catch (IllegalArgumentException notThere) {
            return Optional.empty();
        }
    }
}
