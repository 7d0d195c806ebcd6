package io.modelfleet.agent.gpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * NVIDIA's management library, call by call; which answer means what is for {@link NvmlProbe} to
 * know. Every symbol is optional: a call to a function that the library lacks answers {@link
 * #FUNCTION_NOT_FOUND}, as the library itself would.
 *
 * <p>Sizes, offsets and codes are those of nvml.h, API 13. Not for use by several threads.
 */
final class Nvml {
    static final int SUCCESS = 0;
    static final int UNINITIALIZED = 1;
    static final int NOT_SUPPORTED = 3;
    static final int NO_PERMISSION = 4;
    static final int DRIVER_NOT_LOADED = 9;
    static final int FUNCTION_NOT_FOUND = 13;
    static final int GPU_IS_LOST = 15;
    static final int RESET_REQUIRED = 16;
    static final int BLOCKED_BY_SYSTEM = 17;
    static final int VERSIONS_DIFFER = 18;
    static final int ARGUMENT_VERSION_MISMATCH = 25;

    private static final int VERSION_TEXT_BYTES = 80;
    private static final int DEVICE_TEXT_BYTES = 96;
    private static final int MEMORY_BYTES = 24;
    private static final int MEMORY_V2_BYTES = 40;
    private static final int MEMORY_V2_VERSION = 0x02000028;
    private static final int UTILIZATION_BYTES = 8;
    private static final int PCI_BYTES = 68;
    private static final int PCI_BUS_ID_OFFSET = 36;
    private static final int SENSOR_OF_THE_CHIP = 0;

    private final SymbolLookup symbols;
    private final Map<String, Optional<MethodHandle>> functions = new HashMap<>();

    Nvml(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /**
     * The answer to one call.
     *
     * @param code one of nvml.h's, {@link #SUCCESS} when {@code value} is present
     */
    record Answer<T>(int code, @Nullable T value) {
        /** What stays when why it failed does not matter. */
        @Nullable T orNull() {
            return value;
        }

        boolean failedWith(int... codes) {
            for (int candidate : codes) {
                if (code == candidate) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Bytes of one device. */
    record Memory(long total, long used) {}

    /** Reference-counted by the library: each success wants one {@link #shutdown()}. */
    int init() {
        int code = call("nvmlInit_v2");
        return code == FUNCTION_NOT_FOUND ? call("nvmlInit") : code;
    }

    int shutdown() {
        return call("nvmlShutdown");
    }

    Answer<String> driverVersion() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(VERSION_TEXT_BYTES);
            return text(call("nvmlSystemGetDriverVersion", text, VERSION_TEXT_BYTES), text, 0);
        }
    }

    Answer<Integer> count() {
        Answer<Integer> count = number("nvmlDeviceGetCount_v2");
        return count.code() == FUNCTION_NOT_FOUND ? number("nvmlDeviceGetCount") : count;
    }

    /** The handle is valid until the next shutdown; the index is not stable over restarts. */
    Answer<MemorySegment> device(int index) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(ADDRESS);
            int code = call("nvmlDeviceGetHandleByIndex_v2", index, handle);
            if (code == FUNCTION_NOT_FOUND) {
                code = call("nvmlDeviceGetHandleByIndex", index, handle);
            }
            return new Answer<>(code, code == SUCCESS ? handle.get(ADDRESS, 0) : null);
        }
    }

    Answer<String> name(MemorySegment device) {
        return deviceText("nvmlDeviceGetName", device);
    }

    Answer<String> uuid(MemorySegment device) {
        return deviceText("nvmlDeviceGetUUID", device);
    }

    /** As nvidia-smi shows it; old drivers count what they reserve for themselves as used. */
    Answer<Memory> memory(MemorySegment device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment v2 = arena.allocate(MEMORY_V2_BYTES, Long.BYTES);
            v2.set(JAVA_INT, 0, MEMORY_V2_VERSION);
            int code = call("nvmlDeviceGetMemoryInfo_v2", device, v2);
            if (code == SUCCESS) {
                return memory(v2, 8, 32);
            }
            if (code != FUNCTION_NOT_FOUND && code != ARGUMENT_VERSION_MISMATCH) {
                return new Answer<>(code, null);
            }
            MemorySegment v1 = arena.allocate(MEMORY_BYTES, Long.BYTES);
            code = call("nvmlDeviceGetMemoryInfo", device, v1);
            return code == SUCCESS ? memory(v1, 0, 16) : new Answer<>(code, null);
        }
    }

    /** Percent of the last sample period in which a kernel ran. */
    Answer<Integer> utilization(MemorySegment device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rates = arena.allocate(UTILIZATION_BYTES, Integer.BYTES);
            return number(call("nvmlDeviceGetUtilizationRates", device, rates), rates);
        }
    }

    /** Degrees Celsius. */
    Answer<Integer> temperature(MemorySegment device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment degrees = arena.allocate(JAVA_INT);
            int code = call("nvmlDeviceGetTemperature", device, SENSOR_OF_THE_CHIP, degrees);
            return number(code, degrees);
        }
    }

    /** Such as {@code 8.9}. */
    Answer<String> computeCapability(MemorySegment device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment major = arena.allocate(JAVA_INT);
            MemorySegment minor = arena.allocate(JAVA_INT);
            int code = call("nvmlDeviceGetCudaComputeCapability", device, major, minor);
            return code == SUCCESS
                    ? new Answer<>(code, major.get(JAVA_INT, 0) + "." + minor.get(JAVA_INT, 0))
                    : new Answer<>(code, null);
        }
    }

    /** Such as {@code 00000000:01:00.0}. */
    Answer<String> pciAddress(MemorySegment device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pci = arena.allocate(PCI_BYTES, Integer.BYTES);
            return text(call("nvmlDeviceGetPciInfo_v3", device, pci), pci, PCI_BUS_ID_OFFSET);
        }
    }

    private static Answer<Memory> memory(MemorySegment struct, int total, int used) {
        return new Answer<>(
                SUCCESS, new Memory(struct.get(JAVA_LONG, total), struct.get(JAVA_LONG, used)));
    }

    private Answer<String> deviceText(String function, MemorySegment device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(DEVICE_TEXT_BYTES);
            return text(call(function, device, text, DEVICE_TEXT_BYTES), text, 0);
        }
    }

    private static Answer<String> text(int code, MemorySegment struct, long offset) {
        return new Answer<>(code, code == SUCCESS ? struct.getString(offset).strip() : null);
    }

    private Answer<Integer> number(String function) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(JAVA_INT);
            return number(call(function, number), number);
        }
    }

    private static Answer<Integer> number(int code, MemorySegment number) {
        return new Answer<>(code, code == SUCCESS ? number.get(JAVA_INT, 0) : null);
    }

    private int call(String function, Object... arguments) {
        Optional<MethodHandle> handle =
                functions.computeIfAbsent(function, name -> handle(name, arguments));
        if (handle.isEmpty()) {
            return FUNCTION_NOT_FOUND;
        }
        try {
            return (int) handle.get().invokeWithArguments(arguments);
        } catch (Throwable e) {
            // C functions throw nothing: only a wrong descriptor here can end up in this place.
            throw new IllegalStateException(function + " cannot be called", e);
        }
    }

    /** Addresses stay addresses and numbers are 32 bits wide in all functions used here. */
    @SuppressWarnings("restricted")
    private Optional<MethodHandle> handle(String function, Object... arguments) {
        MemoryLayout[] parameters = new MemoryLayout[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            parameters[i] = arguments[i] instanceof MemorySegment ? ADDRESS : JAVA_INT;
        }
        FunctionDescriptor descriptor = FunctionDescriptor.of(JAVA_INT, parameters);
        return symbols.find(function)
                .map(address -> Linker.nativeLinker().downcallHandle(address, descriptor));
    }
}
