package io.modelfleet.agent.host;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;

/** Measures the machine's processor and memory. */
public final class HostProbe {
    private final DoubleSupplier cpuLoad;
    private final HostMemory memory;
    private boolean primed;

    /**
     * @param cpuLoad share of the processors in use since the previous call, 0 to 1; negative when
     *     not known
     */
    HostProbe(DoubleSupplier cpuLoad, HostMemory memory) {
        this.cpuLoad = cpuLoad;
        this.memory = memory;
    }

    /** The machine that this process runs on. */
    public static HostProbe ofThisMachine() {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        HostMemory memory =
                name.startsWith("linux")
                        ? new MemInfo(Path.of("/proc/meminfo"))
                        : new OshiMemory(new SystemInfo()::getHardware);
        return new HostProbe(system::getCpuLoad, memory);
    }

    /** How busy the machine is now; the first call cannot tell the processor's load yet. */
    public synchronized HostFigures sample() {
        double load = cpuLoad.getAsDouble();
        // The first answer of the JDK is always 0: there is nothing yet to compare with.
        Double cpuUsage = primed && load >= 0 && load <= 1 ? Double.valueOf(load * 100) : null;
        primed = true;
        return new HostFigures(cpuUsage, memoryUsage());
    }

    /** Bytes of the machine's memory; 0 when not known. */
    public long memoryTotal() {
        HostMemory.Bytes bytes = memory.now();
        return bytes == null ? 0 : bytes.total();
    }

    private @Nullable Double memoryUsage() {
        HostMemory.Bytes bytes = memory.now();
        if (bytes == null || bytes.total() <= 0) {
            return null;
        }
        double used = 100.0 * (bytes.total() - bytes.available()) / bytes.total();
        return Math.clamp(used, 0, 100);
    }
}
