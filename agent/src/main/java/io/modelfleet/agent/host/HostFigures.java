package io.modelfleet.agent.host;

import org.jspecify.annotations.Nullable;

/**
 * How busy the machine is; what is not known is {@code null}.
 *
 * @param cpuUsage percent, 0 to 100, over all processors since the previous question
 * @param memoryUsage percent of the machine's memory that is not available to new programs, 0 to
 *     100
 */
public record HostFigures(@Nullable Double cpuUsage, @Nullable Double memoryUsage) {}
