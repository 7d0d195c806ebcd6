package io.modelfleet.agent.gpu;

import io.modelfleet.protocol.GpuDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * NVIDIA GPUs through {@code nvidia-smi}, for machines where its library cannot be loaded. Starting
 * it costs 10 ms to seconds.
 */
public final class NvidiaSmiProbe implements GpuProbe {
    /** A GPU that sleeps takes seconds to wake; a driver that hangs must not hold the agent. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final long MEBIBYTE = 1L << 20;

    private static final List<String> WITHOUT_NEWER_FIELDS =
            List.of(
                    "index",
                    "uuid",
                    "name",
                    "driver_version",
                    "pci.bus_id",
                    "memory.total",
                    "memory.used",
                    "memory.free",
                    "utilization.gpu",
                    "temperature.gpu");

    /**
     * From the richest to the poorest: one field that this driver does not know fails the whole
     * query. The last is all that the small boards' versions understand.
     */
    private static final List<List<String>> QUERIES =
            List.of(
                    withNewerFields(),
                    WITHOUT_NEWER_FIELDS,
                    List.of("index", "name", "memory.total", "memory.used"));

    private final List<String> programs;
    private final CommandRunner commands;
    private final LongSupplier hostMemory;
    private final KnownDevices known = new KnownDevices("nvidia", "NVIDIA GPU");
    private int query;

    /**
     * @param programs where it may lie, best first
     * @param hostMemory bytes of the machine's memory, which a GPU with unified memory shares
     */
    public NvidiaSmiProbe(List<String> programs, CommandRunner commands, LongSupplier hostMemory) {
        this.programs = List.copyOf(programs);
        this.commands = commands;
        this.hostMemory = hostMemory;
    }

    @Override
    public String source() {
        return "nvidia-smi";
    }

    @Override
    public GpuFinding look() {
        for (String program : programs) {
            GpuFinding finding = look(program);
            if (finding != null) {
                return finding;
            }
        }
        return new GpuFinding.Absent("nvidia-smi not found");
    }

    /** {@code null} when there is no such program. */
    private @Nullable GpuFinding look(String program) {
        while (true) {
            List<String> fields = QUERIES.get(query);
            CommandOutcome outcome = commands.run(command(program, fields), LIMIT);
            switch (outcome) {
                case CommandOutcome.NotStarted none -> {
                    return null;
                }
                case CommandOutcome.TimedOut late -> {
                    return new GpuFinding.Absent(
                            "nvidia-smi did not answer within " + LIMIT.toSeconds() + " s");
                }
                case CommandOutcome.Finished finished -> {
                    if (!isFieldInvalid(finished) || query == QUERIES.size() - 1) {
                        return finding(fields, finished);
                    }
                    query++;
                }
            }
        }
    }

    private GpuFinding finding(List<String> fields, CommandOutcome.Finished finished) {
        NvidiaSmiCsv csv = NvidiaSmiCsv.parse(fields, finished.output());
        if (csv.rows().isEmpty()) {
            return new GpuFinding.Absent(
                    csv.remarks().isEmpty()
                            ? "nvidia-smi ended with code " + finished.exit() + ", no output"
                            : csv.remarks().getFirst());
        }
        List<GpuDevice> answering = new ArrayList<>();
        List<String> troubles = new ArrayList<>(csv.remarks());
        int lost = 0;
        for (NvidiaSmiCsv.Row row : csv.rows()) {
            String id = row.text("uuid");
            String sickness = row.sickness();
            if (sickness != null) {
                String which = "GPU " + row.text("index") + (id == null ? "" : " (" + id + ")");
                troubles.add(which + ": " + sickness);
            }
            if (sickness == null || row.text("name") != null) {
                answering.add(device(row));
            } else if (id != null) {
                answering.add(known.lost(id));
            } else {
                lost++;
            }
        }
        return new GpuFinding.Found(known.with(answering, lost), troubles);
    }

    private GpuDevice device(NvidiaSmiCsv.Row row) {
        String id = row.text("uuid");
        String name = row.text("name");
        Long utilization = row.number("utilization.gpu");
        Long temperature = row.number("temperature.gpu");
        return new GpuDevice(
                id == null ? row.text("pci.bus_id") : id,
                "nvidia",
                name == null ? "NVIDIA GPU" : name,
                1,
                row.unsupported("memory.total")
                        ? Long.valueOf(hostMemory.getAsLong())
                        : mebibytes(row.number("memory.total")),
                mebibytes(row.number("memory.used")),
                Percent.orNull(utilization == null ? null : utilization.intValue()),
                temperature == null ? null : temperature.intValue(),
                row.text("driver_version"),
                row.text("compute_cap"));
    }

    private static @Nullable Long mebibytes(@Nullable Long number) {
        return number == null ? null : number * MEBIBYTE;
    }

    private static boolean isFieldInvalid(CommandOutcome.Finished finished) {
        return finished.exit() != 0 && finished.output().contains("is not a valid field to query");
    }

    private static List<String> command(String program, List<String> fields) {
        return List.of(
                program,
                "--query-gpu=" + String.join(",", fields),
                "--format=csv,noheader,nounits");
    }

    private static List<String> withNewerFields() {
        List<String> all = new ArrayList<>(WITHOUT_NEWER_FIELDS);
        all.add("compute_cap");
        all.add("mig.mode.current");
        return List.copyOf(all);
    }
}
