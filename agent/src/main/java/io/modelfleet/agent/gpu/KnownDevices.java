package io.modelfleet.agent.gpu;

import io.modelfleet.protocol.GpuDevice;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which devices have answered, so that one that is lost keeps its name: a lost GPU often
 * cannot even tell which one it is.
 */
final class KnownDevices {
    private final Map<String, GpuDevice> byId = new LinkedHashMap<>();
    private final String vendor;
    private final String unknownModel;

    /**
     * @param unknownModel what a device is called that was lost before it ever answered
     */
    KnownDevices(String vendor, String unknownModel) {
        this.vendor = vendor;
        this.unknownModel = unknownModel;
    }

    /**
     * Adds to the devices that answered as many others as are lost: those seen before and missing
     * now, without figures, then nameless ones.
     */
    List<GpuDevice> with(List<GpuDevice> answering, int lost) {
        Map<String, GpuDevice> missing = new LinkedHashMap<>(byId);
        for (GpuDevice device : answering) {
            String id = device.id();
            if (id != null) {
                missing.remove(id);
                byId.put(id, device);
            }
        }
        List<GpuDevice> all = new ArrayList<>(answering);
        Iterator<GpuDevice> candidates = missing.values().iterator();
        for (int i = 0; i < lost; i++) {
            all.add(candidates.hasNext() ? withoutFigures(candidates.next()) : nameless(null));
        }
        return all;
    }

    /** A device that still tells its id, but nothing else. */
    GpuDevice lost(@Nullable String id) {
        GpuDevice known = id == null ? null : byId.get(id);
        return known == null ? nameless(id) : withoutFigures(known);
    }

    /** Its memory is gone with the others: what cannot be used must not attract models. */
    static GpuDevice withoutFigures(GpuDevice device) {
        return new GpuDevice(
                device.id(),
                device.vendor(),
                device.model(),
                device.count(),
                null,
                null,
                null,
                null,
                device.driver(),
                device.computeCapability());
    }

    private GpuDevice nameless(@Nullable String id) {
        return new GpuDevice(id, vendor, unknownModel, 1, null, null, null, null, null, null);
    }
}
