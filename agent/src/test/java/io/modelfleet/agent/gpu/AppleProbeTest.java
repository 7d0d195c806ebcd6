package io.modelfleet.agent.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelfleet.protocol.GpuDevice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppleProbeTest {
    private static final String PROFILER = "/usr/sbin/system_profiler SPDisplaysDataType -json";
    private static final String LIMIT = "/usr/sbin/sysctl -n iogpu.wired_limit_mb";
    private static final String MEMORY = "/usr/sbin/sysctl -n hw.memsize";
    private static final String M3_MAX =
            """
            {
              "SPDisplaysDataType" : [
                {
                  "_name" : "Apple M3 Max",
                  "spdisplays_mtlgpufamilysupport" : "spdisplays_metal3",
                  "spdisplays_ndrvs" : [ { "_name" : "Color LCD" } ],
                  "spdisplays_vendor" : "sppci_vendor_Apple",
                  "sppci_bus" : "spdisplays_builtin",
                  "sppci_cores" : "40",
                  "sppci_device_type" : "spdisplays_gpu",
                  "sppci_model" : "Apple M3 Max"
                }
              ]
            }
            """;

    private final Map<String, String> outputs = new HashMap<>();
    private final RecordedCommands commands =
            new RecordedCommands(
                    command -> {
                        String output = outputs.get(command);
                        return output == null
                                ? new CommandOutcome.Finished(1, "")
                                : new CommandOutcome.Finished(0, output);
                    });
    private final AppleProbe probe = new AppleProbe(commands);

    @ParameterizedTest
    @CsvSource({
        "8589934592, 5726623060",
        "34359738368, 22906492244",
        "38654705664, 28991029248",
        "137438953472, 103079215104"
    })
    void theGpuMayUseMostOfTheMachinesMemory(long machine, long gpu) {
        outputs.put(PROFILER, M3_MAX);
        outputs.put(LIMIT, "0\n");
        outputs.put(MEMORY, machine + "\n");

        assertThat(probe.look()).isEqualTo(new GpuFinding.Found(List.of(device(gpu))));
    }

    @Test
    void aLimitThatThePersonSetWins() {
        outputs.put(PROFILER, M3_MAX);
        outputs.put(LIMIT, "57344\n");
        outputs.put(MEMORY, "68719476736\n");

        assertThat(first().memory()).isEqualTo(57344L << 20);
    }

    @Test
    void anOlderSystemKnowsNoLimit() {
        outputs.put(PROFILER, M3_MAX);
        outputs.put(MEMORY, "17179869184\n");

        assertThat(first().memory()).isEqualTo(17179869184L / 3 * 2);
    }

    @Test
    void memoryThatIsNotToldIsUnknown() {
        outputs.put(PROFILER, M3_MAX);

        assertThat(first().memory()).isNull();
    }

    @Test
    void theNameIsAskedOnce() {
        outputs.put(PROFILER, M3_MAX);
        probe.look();
        probe.look();

        assertThat(commands.commands).filteredOn(PROFILER::equals).hasSize(1);
    }

    @Test
    void anIntelMacHasNoGpuThatCounts() {
        outputs.put(
                PROFILER,
                """
                {"SPDisplaysDataType":[{"sppci_model":"Intel Iris Plus Graphics 655"}]}
                """);

        assertThat(probe.look())
                .isEqualTo(new GpuFinding.Absent("system_profiler names no Apple GPU"));
    }

    @ParameterizedTest
    @CsvSource({"not JSON", "{}", "[]", "''"})
    void answersOfAnotherShapeAreAbsent(String output) {
        outputs.put(PROFILER, output);

        assertThat(probe.look()).isInstanceOf(GpuFinding.Absent.class);
    }

    @Test
    void aMissingProgramIsAbsent() {
        AppleProbe elsewhere =
                new AppleProbe(new RecordedCommands(c -> new CommandOutcome.NotStarted()));

        assertThat(elsewhere.look()).isInstanceOf(GpuFinding.Absent.class);
    }

    private GpuDevice first() {
        return ((GpuFinding.Found) probe.look()).devices().getFirst();
    }

    private static GpuDevice device(long memory) {
        return new GpuDevice(
                null, "apple", "Apple M3 Max", 1, memory, null, null, null, null, null);
    }
}
