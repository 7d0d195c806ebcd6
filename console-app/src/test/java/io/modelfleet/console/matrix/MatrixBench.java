package io.modelfleet.console.matrix;

import atlantafx.base.theme.PrimerLight;
import io.modelfleet.console.client.FleetApi;
import io.modelfleet.console.client.Poller;
import io.modelfleet.console.control.Tokens;
import io.modelfleet.console.support.Threads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;

/**
 * How smooth the matrix is with 1,000 nodes × 200 models while it is scrolled and 2,000 cells
 * change every second. The real page, the real poller and real JSON; only HTTP is left out. {@code
 * -Dbench.minutes=10} shows whether the heap grows.
 */
public final class MatrixBench {
    private static final int NODES = 1000;
    private static final int MODELS = 200;
    private static final int HOLDINGS = 60;
    private static final int CHANGES = 2000;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final double MEBIBYTE = 1 << 20;
    private static final double MILLION = 1e6;
    private static final double TARGET_FRAMES = 55;
    private static final double TARGET_LAYOUT = 16;
    private static final double TARGET_HEAP = 300;

    private final double minutes = Double.parseDouble(System.getProperty("bench.minutes", "0.5"));
    private final Frames frames = new Frames();
    private final BenchFleet fleet = new BenchFleet(NODES, MODELS, HOLDINGS, CHANGES);

    public static void main(String[] arguments) throws Exception {
        new MatrixBench().run();
        System.exit(0);
    }

    private void run() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        Poller poller = onScreen(this::open);
        poller.start();
        Thread.sleep(WARM_UP);
        double before = heap();
        frames.reset();
        double screen = processor("JavaFX Application Thread");
        double renderer = processor("QuantumRenderer-0");
        long start = System.nanoTime();
        long end = start + (long) (minutes * 60e9);
        double most = 0;
        while (System.nanoTime() < end) {
            Thread.sleep(500);
            most = Math.max(most, used());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        frames.print(seconds);
        System.out.printf(
                "processor      %.1f ms a frame on the JavaFX thread, %.1f ms on the renderer's%n",
                (processor("JavaFX Application Thread") - screen) / frames.count(),
                (processor("QuantumRenderer-0") - renderer) / frames.count());
        poller.close();
        double after = heap();
        System.out.printf(
                "heap           %.0f MB live at the start, %.0f MB live after %.1f min,"
                        + " %.0f MB at most with garbage (target < %.0f)%n",
                before, after, seconds / 60, most, TARGET_HEAP);
    }

    private Poller open() throws Exception {
        Threads threads = new Threads(Thread::startVirtualThread, Platform::runLater);
        Path folder = Files.createTempDirectory("modelfleet-bench-");
        // Of all calls, the bench makes only the one that polls.
        FleetApi api =
                (FleetApi)
                        Proxy.newProxyInstance(
                                FleetApi.class.getClassLoader(),
                                new Class<?>[] {FleetApi.class},
                                (proxy, method, values) -> fleet.changes((Long) values[0]));
        MatrixPage page =
                new MatrixPage(new Desk(api, folder, threads, InstantSource.system()).context);
        show(page);
        return new Poller(
                api,
                Duration.ofSeconds(1),
                InstantSource.system(),
                (now, connection) -> threads.show(() -> frames.change(() -> page.onFleet(now))));
    }

    private void show(MatrixPage page) {
        Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
        Scene scene = new Scene((Parent) page.node(), 1250, 850);
        scene.getStylesheets().setAll(Tokens.LIGHT.stylesheet(), Tokens.structure());
        Stage stage = new Stage();
        stage.setScene(scene);
        stage.show();
        page.onShown();
        GridView view = (GridView) Objects.requireNonNull(scene.lookup("#matrix-grid"));
        scene.addPostLayoutPulseListener(frames::end);
        new Scrolling(view).start();
    }

    private interface Opening<T> {
        T open() throws Exception;
    }

    private static <T> T onScreen(Opening<T> action) throws Exception {
        FutureTask<T> task = new FutureTask<>(action::open);
        Platform.runLater(task);
        return task.get();
    }

    /** Milliseconds that a thread has been computing: what other programs take does not count. */
    private static double processor(String thread) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(known -> known != null && known.getThreadName().equals(thread))
                .mapToDouble(known -> threads.getThreadCpuTime(known.getThreadId()) / MILLION)
                .sum();
    }

    private static double used() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / MEBIBYTE;
    }

    private static double heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return used();
    }

    /** Moves the grid in every frame, there and back again. */
    private final class Scrolling extends AnimationTimer {
        private final GridView view;
        private double x = 5;
        private double y = 17;

        Scrolling(GridView view) {
            this.view = view;
        }

        @Override
        public void handle(long now) {
            frames.begin();
            GridGeometry before = view.geometry();
            view.scrollBy(x, y);
            if (view.geometry().scrollX() == before.scrollX()) {
                x = -x;
            }
            if (view.geometry().scrollY() == before.scrollY()) {
                y = -y;
            }
        }
    }

    /** What the JavaFX thread does for each frame; lives on that thread. */
    private static final class Frames {
        private static final int MOST = 60 * 60 * 30;

        private final long[] work = new long[MOST];
        private final long[] gaps = new long[MOST];
        private int count;
        private int changes;
        private long changing;
        private long longestChange;
        private long begun;
        private long last;

        synchronized void reset() {
            count = 0;
            changes = 0;
            changing = 0;
            longestChange = 0;
        }

        synchronized int count() {
            return Math.max(1, count);
        }

        synchronized void begin() {
            begun = System.nanoTime();
        }

        synchronized void end() {
            long now = System.nanoTime();
            if (begun == 0 || count == MOST) {
                return;
            }
            work[count] = now - begun;
            gaps[count] = last == 0 ? 0 : now - last;
            last = now;
            begun = 0;
            count++;
        }

        synchronized void change(Runnable run) {
            long start = System.nanoTime();
            run.run();
            long took = System.nanoTime() - start;
            changing += took;
            longestChange = Math.max(longestChange, took);
            changes++;
        }

        synchronized void print(double seconds) {
            System.out.printf(
                    "frames         %.1f a second (target >= %.0f); time between two: p95 %.1f ms,"
                            + " p99 %.1f ms, longest %.1f ms%n",
                    count / seconds,
                    TARGET_FRAMES,
                    percentile(gaps, .95),
                    percentile(gaps, .99),
                    percentile(gaps, 1));
            System.out.printf(
                    "layout, paint  p50 %.1f ms, p95 %.1f ms (target < %.0f), longest %.1f ms%n",
                    percentile(work, .5),
                    percentile(work, .95),
                    TARGET_LAYOUT,
                    percentile(work, 1));
            System.out.printf(
                    "changes        %d answers with %d changed cells each; taken over in %.1f ms on"
                            + " average, %.1f ms at most%n",
                    changes,
                    CHANGES,
                    changing / MILLION / Math.max(1, changes),
                    longestChange / MILLION);
        }

        private double percentile(long[] values, double share) {
            long[] sorted = Arrays.copyOf(values, count);
            Arrays.sort(sorted);
            return count == 0
                    ? 0
                    : sorted[(int) Math.min(count - 1L, (long) (count * share))] / MILLION;
        }
    }
}
