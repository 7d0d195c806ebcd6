package io.modelfleet.agent.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Optional;

/**
 * What this machine calls itself. The JDK's way asks DNS on its way, which takes seconds where no
 * server answers; this one only asks the operating system.
 */
public final class MachineName {
    private static final int LONGEST = 256;

    private MachineName() {}

    /**
     * The name without any guess of a domain; {@code localhost} when there is none.
     *
     * @param environment Windows keeps the name in {@code COMPUTERNAME}
     */
    public static String find(Map<String, String> environment) {
        String windows = environment.getOrDefault("COMPUTERNAME", "");
        if (!windows.isBlank()) {
            return windows.strip();
        }
        return posix().filter(name -> !name.isBlank()).orElse("localhost");
    }

    /** {@code int gethostname(char *name, size_t length)}; Windows keeps it elsewhere. */
    @SuppressWarnings("restricted")
    private static Optional<String> posix() {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor descriptor = FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG);
        return linker.defaultLookup()
                .find("gethostname")
                .map(address -> call(linker.downcallHandle(address, descriptor)));
    }

    private static String call(MethodHandle gethostname) {
        try (Arena arena = Arena.ofConfined()) {
            // One byte more, which stays 0: a name that was cut need not end with one.
            MemorySegment name = arena.allocate(LONGEST + 1);
            int code = (int) gethostname.invokeExact(name, (long) LONGEST);
            return code == 0 ? name.getString(0).strip() : "";
        } catch (Throwable e) {
            // A C function throws nothing: only a wrong descriptor here can end up in this place.
            throw new IllegalStateException("gethostname cannot be called", e);
        }
    }
}
