package io.modelfleet.simulator.faults;

import io.modelfleet.service.LogFormatter;
import io.modelfleet.simulator.fleet.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The long run: {@code mvn -Pfaults}. Settings are system properties:
 *
 * <ul>
 *   <li>{@code faults.runs}: how many (default 20)
 *   <li>{@code faults.seed}: of the first run, the next one has the next number; without it, one
 *       that is new each time
 *   <li>{@code faults.minutes}: no run begins later than this (default: no limit)
 *   <li>{@code faults.coordinators}: how many (default 1); several share a PostgreSQL server, which
 *       is started here
 * </ul>
 *
 * It ends with status 1 at the first violation.
 */
public final class FaultsMain {
    /** Small, because a dozen of them share a machine; quick to start, because they are killed. */
    static final List<String> SMALL_JVM =
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    /** A fresh fleet so often, so that the databases stay as small as a year's. */
    private static final int RUNS_OF_A_FLEET = 50;

    /** What their servers say of broken connections is no news here. */
    private static final Logger STAND_INS = Logger.getLogger("io.helidon");

    private FaultsMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        LogFormatter.install();
        STAND_INS.setLevel(Level.OFF);
        int runs = (int) number("faults.runs", 20);
        long seed = number("faults.seed", System.currentTimeMillis());
        long minutes = number("faults.minutes", Duration.ofDays(30).toMinutes());
        long deadline = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        int coordinators = (int) number("faults.coordinators", 1);
        Tally tally = new Tally();
        System.out.printf(
                "%d runs from seed %d on, coordinators: %d%n", runs, seed, coordinators);
        boolean held;
        if (coordinators == 1) {
            held = all(FleetShape::usual, seed, runs, deadline, tally);
        } else {
            try (PostgresServer postgres = PostgresServer.started()) {
                held =
                        all(
                                () -> FleetShape.several(coordinators, postgres.newDatabase()),
                                seed,
                                runs,
                                deadline,
                                tally);
            }
        }
        System.out.println(tally);
        System.exit(held ? 0 : 1);
    }

    private static boolean all(
            Supplier<FleetShape> shapes, long seed, int runs, long deadline, Tally tally)
            throws IOException, InterruptedException {
        boolean held = true;
        for (int done = 0; held && done < runs && System.nanoTime() < deadline; ) {
            int some = Math.min(RUNS_OF_A_FLEET, runs - done);
            held = series(shapes.get(), seed + done, some, deadline, tally);
            done += some;
        }
        return held;
    }

    private static boolean series(
            FleetShape shape, long seed, int runs, long deadline, Tally tally)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("modelfleet-faults-");
        try (FaultRuns fleet =
                new FaultRuns(
                        shape,
                        Programs.built(SMALL_JVM),
                        directory,
                        tally,
                        FaultsMain::say)) {
            fleet.start();
            for (int i = 0; i < runs && System.nanoTime() < deadline; i++) {
                fleet.run(seed + i);
            }
        } catch (Violation violation) {
            System.out.println("VIOLATED: " + violation.getMessage());
            return false;
        }
        delete(directory);
        return true;
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static long number(String property, long fallback) {
        String text = System.getProperty(property, "");
        return text.isBlank() ? fallback : Long.parseLong(text);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(FaultsMain::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
