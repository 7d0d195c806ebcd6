package io.modelfleet.simulator.ollama;

/** Takes a pull's lines; throws an unchecked exception when nobody listens any more. */
@FunctionalInterface
interface ProgressSink {
    void line(ProgressLine line);
}
