package io.modelfleet.agent.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuProbesTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, NVML nvidia-smi AMD",
        "Windows 11, NVML nvidia-smi Windows",
        "Mac OS X, Apple"
    })
    void everySystemHasItsSourcesBestFirst(String system, String sources) {
        assertThat(GpuProbes.forSystem(system, Map.of(), () -> 1))
                .extracting(GpuProbe::source)
                .containsExactly(sources.split(" "));
    }
}
