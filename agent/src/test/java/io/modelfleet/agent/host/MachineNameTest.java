package io.modelfleet.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MachineNameTest {

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "compares with the kernel's own file")
    void linuxTellsItsKernelsName() throws IOException {
        String kernel = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();

        assertThat(MachineName.find(Map.of())).isEqualTo(kernel);
    }

    @Test
    void windowsTellsItsNameInTheEnvironment() {
        assertThat(MachineName.find(Map.of("COMPUTERNAME", "GPU-PC-01"))).isEqualTo("GPU-PC-01");
    }
}
