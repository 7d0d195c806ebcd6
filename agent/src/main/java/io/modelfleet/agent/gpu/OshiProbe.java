package io.modelfleet.agent.gpu;

import io.modelfleet.protocol.GpuDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import oshi.hardware.GraphicsCard;

/**
 * AMD and Intel GPUs on Windows. Not for NVIDIA, nor for any GPU on Linux: OSHI reported a card of
 * 24 GB as 288 MiB there.
 */
public final class OshiProbe implements GpuProbe {
    private final Supplier<List<GraphicsCard>> cards;

    /** What it tells does not change, and asking Windows takes a while. */
    private @Nullable GpuFinding found;

    /**
     * @param cards {@code () -> new SystemInfo().getHardware().getGraphicsCards()}
     */
    public OshiProbe(Supplier<List<GraphicsCard>> cards) {
        this.cards = cards;
    }

    @Override
    public String source() {
        return "Windows";
    }

    @Override
    public GpuFinding look() {
        GpuFinding earlier = found;
        if (earlier != null) {
            return earlier;
        }
        List<GpuDevice> devices = new ArrayList<>();
        for (GraphicsCard card : cards.get()) {
            String vendor = vendor(card);
            if (vendor != null) {
                devices.add(device(card, vendor));
            }
        }
        if (devices.isEmpty()) {
            return new GpuFinding.Absent("Windows knows no AMD or Intel GPU");
        }
        GpuFinding now = new GpuFinding.Found(devices);
        found = now;
        return now;
    }

    private static GpuDevice device(GraphicsCard card, String vendor) {
        return new GpuDevice(
                null,
                vendor,
                card.getName().isBlank() ? vendor + " GPU" : card.getName(),
                1,
                card.getVRam() > 0 ? Long.valueOf(card.getVRam()) : null,
                null,
                null,
                null,
                null,
                null);
    }

    /** By PCI vendor where OSHI gives it, otherwise by the maker's name. */
    private static @Nullable String vendor(GraphicsCard card) {
        String text = (card.getVendor() + " " + card.getName()).toLowerCase(Locale.ROOT);
        if (text.contains("0x1002") || text.contains("advanced micro") || text.contains("radeon")) {
            return "amd";
        }
        return text.contains("0x8086") || text.contains("intel") ? "intel" : null;
    }
}
