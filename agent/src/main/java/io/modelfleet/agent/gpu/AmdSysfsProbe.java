package io.modelfleet.agent.gpu;

import io.modelfleet.protocol.GpuDevice;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** AMD GPUs on Linux, from the files of the amdgpu driver. */
public final class AmdSysfsProbe implements GpuProbe {
    private static final String AMD = "0x1002";

    /** Only whole cards: {@code card0-DP-1} is a connector of one. */
    private static final Pattern CARD = Pattern.compile("card[0-9]+");

    private final Path sysfs;
    private final LongSupplier hostMemory;

    /**
     * @param sysfs {@code /sys}
     * @param hostMemory bytes of the machine's memory, of which an APU uses a part
     */
    public AmdSysfsProbe(Path sysfs, LongSupplier hostMemory) {
        this.sysfs = sysfs;
        this.hostMemory = hostMemory;
    }

    @Override
    public String source() {
        return "AMD";
    }

    @Override
    public GpuFinding look() {
        List<GpuDevice> devices = new ArrayList<>();
        for (Path card : cards()) {
            SysfsFolder device = new SysfsFolder(card.resolve("device"));
            if (AMD.equalsIgnoreCase(device.text("vendor"))) {
                devices.add(device(device));
            }
        }
        return devices.isEmpty()
                ? new GpuFinding.Absent("no AMD GPU in " + folder())
                : new GpuFinding.Found(devices);
    }

    private Path folder() {
        return sysfs.resolve("class/drm");
    }

    private List<Path> cards() {
        List<Path> cards = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder(), "card*")) {
            for (Path entry : entries) {
                if (CARD.matcher(name(entry)).matches()) {
                    cards.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException noGraphicsAtAll) {
            return List.of();
        }
        cards.sort(
                Comparator.comparingInt((Path p) -> name(p).length()).thenComparing(p -> name(p)));
        return cards;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private GpuDevice device(SysfsFolder device) {
        SysfsFolder sensors = device.first("hwmon", "hwmon");
        boolean apu = sensors != null && isApu(sensors);
        Long busy = device.number("gpu_busy_percent");
        Long milliDegrees = sensors == null ? null : sensors.number("temp1_input");
        return new GpuDevice(
                id(device),
                "amd",
                model(device),
                1,
                memory(device, apu),
                used(device, apu),
                Percent.orNull(busy == null ? null : busy.intValue()),
                milliDegrees == null ? null : (int) (milliDegrees / 1000),
                new SysfsFolder(sysfs.resolve("module/amdgpu")).text("version"),
                null);
    }

    /**
     * Only APUs have the voltage of a north bridge: drivers/gpu/drm/amd/pm/amdgpu_pm.c hides its
     * label on all others.
     */
    private static boolean isApu(SysfsFolder sensors) {
        return "vddnb".equals(sensors.text("in1_label"));
    }

    /**
     * The memory of an APU is what the firmware set aside plus what it may map of the machine's.
     */
    private @Nullable Long memory(SysfsFolder device, boolean apu) {
        Long own = device.number("mem_info_vram_total");
        Long mapped = apu ? device.number("mem_info_gtt_total") : null;
        return own == null || mapped == null
                ? own
                : Long.valueOf(own + Math.min(mapped, hostMemory.getAsLong()));
    }

    private static @Nullable Long used(SysfsFolder device, boolean apu) {
        Long own = device.number("mem_info_vram_used");
        Long mapped = apu ? device.number("mem_info_gtt_used") : null;
        return own == null || mapped == null ? own : Long.valueOf(own + mapped);
    }

    private static @Nullable String id(SysfsFolder device) {
        String unique = device.text("unique_id");
        return unique == null ? device.property("uevent", "PCI_SLOT_NAME") : unique;
    }

    private static String model(SysfsFolder device) {
        String name = device.text("product_name");
        if (name != null) {
            return name;
        }
        String pci = device.text("device");
        return pci == null ? "AMD GPU" : "AMD GPU 1002:" + pci.replaceFirst("^0x", "");
    }
}
