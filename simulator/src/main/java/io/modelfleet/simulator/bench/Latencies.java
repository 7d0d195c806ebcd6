package io.modelfleet.simulator.bench;

import io.modelfleet.service.JsonClient;
import io.modelfleet.service.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** One kind of call: how long each took, seen from the caller. */
final class Latencies {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final double MILLISECOND = 1e6;

    private final String name;
    private final JsonClient client;
    private final Recorder recorder = new Recorder(3);
    private final AtomicInteger failures = new AtomicInteger();

    Latencies(String name, JsonClient client) {
        this.name = name;
        this.client = client;
    }

    Reply post(URI uri, Object body) {
        return timed(() -> client.post(uri, body, LIMIT));
    }

    Reply get(URI uri) {
        return timed(() -> client.get(uri, LIMIT));
    }

    private Reply timed(Supplier<Reply> call) {
        long start = System.nanoTime();
        Reply reply = call.get();
        recorder.recordValue(System.nanoTime() - start);
        if (!(reply instanceof Reply.Ok)) {
            failures.incrementAndGet();
        }
        return reply;
    }

    /** Forgets what was measured so far. */
    void reset() {
        recorder.reset();
        failures.set(0);
    }

    /** A row of the report; ends the measurement. */
    String report(Duration elapsed) {
        Histogram histogram = recorder.getIntervalHistogram();
        return "%-22s %8d calls %8.1f/s   p50 %6.2f ms   p99 %6.2f ms   worst %7.2f ms   failures %d"
                .formatted(
                        name,
                        histogram.getTotalCount(),
                        histogram.getTotalCount() / (elapsed.toMillis() / 1000.0),
                        histogram.getValueAtPercentile(50) / MILLISECOND,
                        histogram.getValueAtPercentile(99) / MILLISECOND,
                        histogram.getMaxValue() / MILLISECOND,
                        failures.get());
    }
}
