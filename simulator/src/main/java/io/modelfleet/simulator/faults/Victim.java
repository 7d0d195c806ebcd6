package io.modelfleet.simulator.faults;

/** Whose process is killed or paused. */
enum Victim {
    COORDINATOR,
    AGENT,
    OLLAMA
}
