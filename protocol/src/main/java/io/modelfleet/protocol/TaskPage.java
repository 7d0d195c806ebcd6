package io.modelfleet.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of tasks, newest first.
 *
 * @param nextCursor what to pass as {@code cursor} for the next page; absent on the last one
 */
public record TaskPage(List<Task> tasks, @Nullable String nextCursor) {}
