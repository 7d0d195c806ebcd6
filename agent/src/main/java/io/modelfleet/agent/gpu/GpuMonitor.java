package io.modelfleet.agent.gpu;

import io.modelfleet.protocol.GpuDevice;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the first source that finds a GPU, asks it again and again on a thread of its own, and
 * publishes what it said. Readers never wait for a probe.
 */
public final class GpuMonitor implements AutoCloseable {
    /** How often a machine without a GPU is searched again: drivers may load after the agent. */
    private static final Duration NEXT_SEARCH = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger(GpuMonitor.class.getName());

    private final List<GpuProbe> probes;
    private final Duration interval;
    private final InstantSource clock;
    private volatile GpuSnapshot latest;
    private @Nullable GpuProbe chosen;
    private @Nullable Instant lastSearch;
    private Set<String> reported = Set.of();
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    /**
     * @param probes best source first
     * @param interval from one sample to the next
     */
    public GpuMonitor(List<GpuProbe> probes, Duration interval, InstantSource clock) {
        this.probes = List.copyOf(probes);
        this.interval = interval;
        this.clock = clock;
        this.latest = new GpuSnapshot(clock.instant(), null, List.of(), List.of());
    }

    /** What the last pass saw; before the first one, nothing. */
    public GpuSnapshot latest() {
        return latest;
    }

    /**
     * Searches for GPUs now, logs what was found or why nothing was, and answers the first sample.
     * Takes as long as the slowest source that has to be asked.
     */
    public synchronized GpuSnapshot detect() {
        pass();
        return latest;
    }

    /** Starts to sample; {@link #detect()} need not have been called before. */
    public void start() {
        Thread sampler = Thread.ofPlatform().name("gpu-monitor").daemon().unstarted(this::run);
        if (thread.compareAndSet(null, sampler)) {
            sampler.start();
        }
    }

    /** One sample, or one search while no GPU is known. Never throws. */
    public synchronized void pass() {
        GpuProbe source = chosen;
        if (source != null) {
            sample(source, look(source));
        } else if (isSearchDue()) {
            search();
        }
    }

    /** Does not wait for a probe that is being asked; its answer comes to nothing. */
    @Override
    public void close() {
        Thread sampler = thread.getAndSet(null);
        if (sampler != null) {
            sampler.interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(interval);
                pass();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isSearchDue() {
        Instant last = lastSearch;
        return last == null || !clock.instant().isBefore(last.plus(NEXT_SEARCH));
    }

    private void search() {
        boolean first = lastSearch == null;
        lastSearch = clock.instant();
        List<String> reasons = new ArrayList<>();
        for (GpuProbe probe : probes) {
            switch (look(probe)) {
                case GpuFinding.Found found -> {
                    chosen = probe;
                    found.devices().forEach(GpuMonitor::logDetected);
                    sample(probe, found);
                    return;
                }
                case GpuFinding.Absent absent ->
                        reasons.add(probe.source() + ": " + absent.reason());
            }
        }
        if (first) {
            LOG.log(Level.WARNING, "No GPU detected: {0}", String.join("; ", reasons));
        }
        latest = new GpuSnapshot(clock.instant(), null, List.of(), reasons);
    }

    private void sample(GpuProbe source, GpuFinding finding) {
        GpuSnapshot before = latest;
        latest =
                switch (finding) {
                    case GpuFinding.Found found ->
                            new GpuSnapshot(
                                    clock.instant(),
                                    source.source(),
                                    found.devices(),
                                    found.troubles());
                    case GpuFinding.Absent absent ->
                            new GpuSnapshot(
                                    clock.instant(),
                                    source.source(),
                                    before.devices().stream()
                                            .map(KnownDevices::withoutFigures)
                                            .toList(),
                                    List.of(source.source() + ": " + absent.reason()));
                };
        report(latest.troubles());
    }

    /** The guard around code that talks to drivers: one broken source must not end the others. */
    private GpuFinding look(GpuProbe probe) {
        try {
            return probe.look();
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.DEBUG, () -> probe.source() + " failed", e);
            return new GpuFinding.Absent("failed: " + e);
        }
    }

    /** A trouble is logged when it comes and when it goes, not at every sample between. */
    private void report(List<String> troubles) {
        Set<String> now = new LinkedHashSet<>(troubles);
        for (String trouble : now) {
            if (!reported.contains(trouble)) {
                LOG.log(Level.WARNING, "GPU trouble: {0}", trouble);
            }
        }
        if (now.isEmpty() && !reported.isEmpty()) {
            LOG.log(Level.INFO, "All GPUs answer again");
        }
        reported = now;
    }

    private static void logDetected(GpuDevice device) {
        Long memory = device.memory();
        LOG.log(
                Level.INFO,
                "GPU detected: model={0}, memory={1}"
                        + (device.devices() == 1 ? "" : ", count={2}"),
                device.model(),
                memory == null ? "unknown" : MemorySize.text(memory),
                device.devices());
    }
}
