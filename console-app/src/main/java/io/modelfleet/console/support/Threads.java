package io.modelfleet.console.support;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The only crossing between the thread that shows and the threads that wait. Tests hand in
 * executors that run at once.
 */
public final class Threads {
    private static final System.Logger LOG = System.getLogger(Threads.class.getName());

    private final Executor background;
    private final Executor show;

    /**
     * @param background may block
     * @param show runs one thing after the other, on the JavaFX thread
     */
    public Threads(Executor background, Executor show) {
        this.background = background;
        this.show = show;
    }

    /** Everything at once on the caller's thread: for tests without a toolkit. */
    public static Threads direct() {
        return new Threads(Runnable::run, Runnable::run);
    }

    /**
     * Works in the background, then shows the result. Work that throws is a bug: it is logged, and
     * nothing is shown.
     */
    public <T> void call(Supplier<T> work, Consumer<? super T> then) {
        background.execute(
                () -> {
                    T result;
                    try {
                        result = work.get();
                    } catch (RuntimeException e) {
                        LOG.log(System.Logger.Level.ERROR, "Work in the background failed", e);
                        return;
                    }
                    show.execute(() -> then.accept(result));
                });
    }

    /** Works in the background. */
    public void run(Runnable work) {
        call(
                () -> {
                    work.run();
                    return true;
                },
                done -> {});
    }

    /** Runs on the JavaFX thread, soon. */
    public void show(Runnable action) {
        show.execute(action);
    }
}
