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
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * NVIDIA's library as native code sees it, written in Java: every function is an upcall stub, so
 * the binding's descriptors, struct sizes and offsets are exercised for real.
 */
@SuppressWarnings({"restricted", "unused"}) // The functions are looked up by name.
final class FakeNvml {
    private static final long FIRST_HANDLE = 0x10000;

    /** One GPU; codes of 0 answer the figures, others are answered instead. */
    static final class Gpu {
        String uuid;
        String name = "NVIDIA GeForce RTX 3090";
        int handleCode;
        int uuidCode;
        int memoryCode;
        int utilizationCode;
        int temperatureCode;
        int capabilityCode;
        long total = 24L << 30;
        long reserved = 300L << 20;
        long used = 2L << 30;
        int utilization = 37;
        int temperature = 55;

        Gpu(String uuid) {
            this.uuid = uuid;
        }
    }

    final List<Gpu> gpus = new ArrayList<>();
    int initCode;
    int countCode;
    int memoryV2Code;
    int inits;
    int shutdowns;
    private final Map<String, MemorySegment> stubs = new HashMap<>();
    private final Arena arena;

    FakeNvml(Arena arena, Gpu... gpus) {
        this.arena = arena;
        this.gpus.addAll(List.of(gpus));
        stub("nvmlInit_v2", "init");
        stub("nvmlInit", "init");
        stub("nvmlShutdown", "shutdown");
        stub("nvmlSystemGetDriverVersion", "driverVersion", ADDRESS, JAVA_INT);
        for (String version : List.of("", "_v2")) {
            stub("nvmlDeviceGetCount" + version, "count", ADDRESS);
            stub("nvmlDeviceGetHandleByIndex" + version, "handle", JAVA_INT, ADDRESS);
        }
        stub("nvmlDeviceGetName", "name", ADDRESS, ADDRESS, JAVA_INT);
        stub("nvmlDeviceGetUUID", "uuid", ADDRESS, ADDRESS, JAVA_INT);
        stub("nvmlDeviceGetMemoryInfo", "memory", ADDRESS, ADDRESS);
        stub("nvmlDeviceGetMemoryInfo_v2", "memoryV2", ADDRESS, ADDRESS);
        stub("nvmlDeviceGetUtilizationRates", "utilization", ADDRESS, ADDRESS);
        stub("nvmlDeviceGetTemperature", "temperature", ADDRESS, JAVA_INT, ADDRESS);
        stub("nvmlDeviceGetCudaComputeCapability", "capability", ADDRESS, ADDRESS, ADDRESS);
        stub("nvmlDeviceGetPciInfo_v3", "pci", ADDRESS, ADDRESS);
    }

    /** A driver from before these functions. */
    FakeNvml without(String... symbols) {
        List.of(symbols).forEach(stubs::remove);
        return this;
    }

    FakeNvml withoutNewerVersions() {
        stubs.keySet().removeIf(name -> name.matches(".*_v[23]"));
        return this;
    }

    SymbolLookup symbols() {
        return name -> Optional.ofNullable(stubs.get(name));
    }

    private void stub(String symbol, String method, MemoryLayout... parameters) {
        FunctionDescriptor descriptor = FunctionDescriptor.of(JAVA_INT, parameters);
        MethodType type = descriptor.toMethodType();
        try {
            stubs.put(
                    symbol,
                    Linker.nativeLinker()
                            .upcallStub(
                                    MethodHandles.lookup().bind(this, method, type),
                                    descriptor,
                                    arena));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(method + " does not fit " + symbol, e);
        }
    }

    int init() {
        if (initCode == 0) {
            inits++;
        }
        return initCode;
    }

    int shutdown() {
        shutdowns++;
        return 0;
    }

    int driverVersion(MemorySegment text, int length) {
        return text(text, length, "595.71.05");
    }

    int count(MemorySegment count) {
        if (countCode == 0) {
            count.reinterpret(4).set(JAVA_INT, 0, gpus.size());
        }
        return countCode;
    }

    int handle(int index, MemorySegment handle) {
        Gpu gpu = gpus.get(index);
        if (gpu.handleCode == 0) {
            handle.reinterpret(8).set(ADDRESS, 0, MemorySegment.ofAddress(FIRST_HANDLE + index));
        }
        return gpu.handleCode;
    }

    int name(MemorySegment device, MemorySegment text, int length) {
        return text(text, length, gpu(device).name);
    }

    int uuid(MemorySegment device, MemorySegment text, int length) {
        Gpu gpu = gpu(device);
        return gpu.uuidCode == 0 ? text(text, length, gpu.uuid) : gpu.uuidCode;
    }

    int memory(MemorySegment device, MemorySegment struct) {
        Gpu gpu = gpu(device);
        MemorySegment memory = struct.reinterpret(24);
        memory.set(JAVA_LONG, 0, gpu.total);
        memory.set(JAVA_LONG, 8, gpu.total - gpu.used - gpu.reserved);
        memory.set(JAVA_LONG, 16, gpu.used + gpu.reserved);
        return gpu.memoryCode;
    }

    int memoryV2(MemorySegment device, MemorySegment struct) {
        Gpu gpu = gpu(device);
        MemorySegment memory = struct.reinterpret(40);
        if (memory.get(JAVA_INT, 0) != 0x02000028) {
            return 25;
        }
        if (memoryV2Code != 0) {
            return memoryV2Code;
        }
        memory.set(JAVA_LONG, 8, gpu.total);
        memory.set(JAVA_LONG, 16, gpu.reserved);
        memory.set(JAVA_LONG, 24, gpu.total - gpu.used - gpu.reserved);
        memory.set(JAVA_LONG, 32, gpu.used);
        return gpu.memoryCode;
    }

    int utilization(MemorySegment device, MemorySegment struct) {
        MemorySegment rates = struct.reinterpret(8);
        rates.set(JAVA_INT, 0, gpu(device).utilization);
        rates.set(JAVA_INT, 4, 99);
        return gpu(device).utilizationCode;
    }

    int temperature(MemorySegment device, int sensor, MemorySegment degrees) {
        degrees.reinterpret(4).set(JAVA_INT, 0, gpu(device).temperature);
        return sensor == 0 ? gpu(device).temperatureCode : 2;
    }

    int capability(MemorySegment device, MemorySegment major, MemorySegment minor) {
        major.reinterpret(4).set(JAVA_INT, 0, 8);
        minor.reinterpret(4).set(JAVA_INT, 0, 6);
        return gpu(device).capabilityCode;
    }

    int pci(MemorySegment device, MemorySegment struct) {
        MemorySegment pci = struct.reinterpret(68);
        pci.fill((byte) 'x');
        pci.setString(36, "00000000:0" + index(device) + ":00.0");
        return 0;
    }

    private static int text(MemorySegment buffer, int length, String text) {
        buffer.reinterpret(length).setString(0, text);
        return 0;
    }

    private Gpu gpu(MemorySegment device) {
        return gpus.get(index(device));
    }

    private static int index(MemorySegment device) {
        return (int) (device.address() - FIRST_HANDLE);
    }
}
