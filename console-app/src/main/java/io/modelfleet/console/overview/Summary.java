package io.modelfleet.console.overview;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.protocol.Agent;
import io.modelfleet.protocol.GpuDevice;
import io.modelfleet.protocol.Presence;
import io.modelfleet.protocol.Task;
import io.modelfleet.protocol.TaskStatus;
import java.util.List;

/**
 * The fleet's figures. Memory and disks are those of the nodes that are online: what the others
 * said last may be long past.
 *
 * @param online nodes that may get new work
 * @param paused nodes that are online and get no new work
 * @param gpus devices of the nodes that are online
 * @param gpuMemory bytes
 * @param disk bytes
 * @param moving tasks that download or verify
 * @param waiting tasks that have not begun
 * @param speed of all downloads together, bytes per second
 */
record Summary(
        int online,
        int paused,
        int offline,
        int gpus,
        Amount gpuMemory,
        Amount disk,
        int moving,
        int waiting,
        long speed) {

    static Summary of(FleetState fleet) {
        List<Agent> here =
                fleet.agents().values().stream()
                        .filter(agent -> agent.status() == Presence.ONLINE)
                        .toList();
        int paused = (int) here.stream().filter(agent -> !agent.schedulable()).count();
        List<GpuDevice> devices =
                here.stream().flatMap(agent -> agent.gpuDevices().stream()).toList();
        List<Task> active =
                fleet.tasks().values().stream().filter(task -> !task.status().isFinal()).toList();
        int moving = (int) active.stream().filter(Summary::moves).count();
        return new Summary(
                here.size() - paused,
                paused,
                fleet.agents().size() - here.size(),
                devices.stream().mapToInt(GpuDevice::devices).sum(),
                devices.stream().map(Summary::memory).reduce(Amount.UNKNOWN, Amount::plus),
                here.stream().map(Summary::disk).reduce(Amount.UNKNOWN, Amount::plus),
                moving,
                active.size() - moving,
                active.stream().mapToLong(Task::downloadSpeedBps).sum());
    }

    /** Whether the task is at work rather than waiting for its turn. */
    static boolean moves(Task task) {
        return task.status() == TaskStatus.DOWNLOADING || task.status() == TaskStatus.VERIFYING;
    }

    static Amount disk(Agent agent) {
        Long total = agent.diskTotal();
        Long free = agent.diskFree();
        return new Amount(total, total == null || free == null ? null : total - free);
    }

    private static Amount memory(GpuDevice gpu) {
        return new Amount(gpu.memory(), gpu.memoryUsed()).times(gpu.devices());
    }
}
