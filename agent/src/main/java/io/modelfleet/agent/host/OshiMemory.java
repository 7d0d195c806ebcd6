package io.modelfleet.agent.host;

import java.util.function.Supplier;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;

/** macOS and Windows, where the JDK counts memory that is merely cached as used. */
record OshiMemory(Supplier<HardwareAbstractionLayer> hardware) implements HostMemory {

    @Override
    public Bytes now() {
        GlobalMemory memory = hardware.get().getMemory();
        return new Bytes(memory.getTotal(), memory.getAvailable());
    }
}
