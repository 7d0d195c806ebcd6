package io.modelfleet.coordinator.catalog;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import io.modelfleet.protocol.Manifest;
import io.modelfleet.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What registries said, by model. However many callers want the same manifest, one request is under
 * way for it.
 */
final class ManifestCache {
    /** Models outside the curated list that are remembered, the least recently used go first. */
    static final int MOST_OTHERS = 1000;

    /** Long enough that a distribution to every node waits once, short enough to go unnoticed. */
    static final Duration UNREACHABLE_REMEMBERED = Duration.ofSeconds(5);

    /** A model may be published at any moment, and an operator who just did so is waiting. */
    static final Duration MISSING_REMEMBERED = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(ManifestCache.class.getName());

    private final RegistryClient client;
    private final InstantSource clock;
    private final Duration freshFor;
    private final Set<ModelName> curated;
    private final Map<ModelName, CompletableFuture<Lookup>> flights = new ConcurrentHashMap<>();
    private final Map<ModelName, Answer> curatedAnswers = new HashMap<>();
    private final Map<ModelName, Answer> otherAnswers = new LeastRecentlyUsed();

    /**
     * @param curated the models whose answers are never dropped
     * @param freshFor how long a manifest counts as current
     */
    ManifestCache(
            Collection<ModelName> curated,
            RegistryClient client,
            InstantSource clock,
            Duration freshFor) {
        this.curated = Set.copyOf(curated);
        this.client = client;
        this.clock = clock;
        this.freshFor = freshFor;
    }

    /** The last manifest that was seen, however old, unless the registry has dropped the model. */
    Optional<Manifest> cached(ModelName name) {
        Answer answer = answer(name);
        return answer == null ? Optional.empty() : Optional.ofNullable(answer.manifest);
    }

    /** Whether the registry's last usable answer was that it does not have the model. */
    boolean missing(ModelName name) {
        Answer answer = answer(name);
        return answer != null && answer.missing;
    }

    /**
     * The manifest, asked for when what is known is not fresh. When no answer comes in time, the
     * last manifest that was seen stands in, and the request goes on for the sake of later calls.
     */
    Optional<Manifest> manifest(ModelName name, Duration patience) {
        Answer answer = answer(name);
        if (answer == null || !settled(answer)) {
            await(flight(name, false), patience);
        }
        return cached(name);
    }

    /** Asks the registry now, or joins the request that is under way. Never fails. */
    CompletableFuture<Lookup> fetch(ModelName name) {
        return flight(name, true);
    }

    private CompletableFuture<Lookup> flight(ModelName name, boolean evenIfSettled) {
        CompletableFuture<Lookup> flight = new CompletableFuture<>();
        CompletableFuture<Lookup> other = flights.putIfAbsent(name, flight);
        if (other != null) {
            return other;
        }
        // The flight that the caller would have joined may have landed a moment ago.
        Answer answer = answer(name);
        if (!evenIfSettled && answer != null && settled(answer)) {
            flights.remove(name);
            flight.complete(answer.last);
            return flight;
        }
        return client.fetch(name).handle((lookup, bug) -> land(name, flight, lookup, bug));
    }

    private Lookup land(
            ModelName name,
            CompletableFuture<Lookup> flight,
            @Nullable Lookup lookup,
            @Nullable Throwable bug) {
        if (bug != null) {
            LOG.log(ERROR, "Reading a manifest failed: model={0}", name, bug);
        }
        Lookup answer = lookup == null ? new Lookup.Unreachable("internal error") : lookup;
        remember(name, answer);
        flights.remove(name);
        flight.complete(answer);
        return answer;
    }

    private boolean settled(Answer answer) {
        Duration remembered =
                switch (answer.last) {
                    case Lookup.Found found -> freshFor;
                    case Lookup.Missing missing -> MISSING_REMEMBERED;
                    case Lookup.Unreachable unreachable -> UNREACHABLE_REMEMBERED;
                    case Lookup.UnknownRegistry unknown -> Duration.ZERO;
                };
        Instant now = clock.instant();
        // An answer from the future comes from before the clock was set back: its age is unknown.
        return !now.isBefore(answer.at) && now.isBefore(answer.at.plus(remembered));
    }

    private @Nullable Answer answer(ModelName name) {
        synchronized (curatedAnswers) {
            return answers(name).get(name);
        }
    }

    private void remember(ModelName name, Lookup lookup) {
        Instant now = clock.instant();
        synchronized (curatedAnswers) {
            answers(name)
                    .compute(
                            name,
                            (key, before) ->
                                    switch (lookup) {
                                        case Lookup.Found found ->
                                                new Answer(lookup, now, found.manifest(), false);
                                        case Lookup.Missing missing ->
                                                new Answer(lookup, now, null, true);
                                        case Lookup.Unreachable unreachable ->
                                                Answer.unreachable(lookup, now, before);
                                        // Nothing was asked, and asking again costs nothing.
                                        case Lookup.UnknownRegistry unknown -> null;
                                    });
        }
    }

    private Map<ModelName, Answer> answers(ModelName name) {
        return curated.contains(name) ? curatedAnswers : otherAnswers;
    }

    private static void await(CompletableFuture<Lookup> flight, Duration patience) {
        try {
            flight.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.log(DEBUG, "A registry is slow; going on without its answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a flight always lands", e);
        }
    }

    /**
     * @param manifest the last one seen
     * @param missing whether the last usable answer was "not here"
     */
    private record Answer(Lookup last, Instant at, @Nullable Manifest manifest, boolean missing) {

        static Answer unreachable(Lookup last, Instant at, @Nullable Answer before) {
            return before == null
                    ? new Answer(last, at, null, false)
                    : new Answer(last, at, before.manifest, before.missing);
        }
    }

    private static final class LeastRecentlyUsed extends LinkedHashMap<ModelName, Answer> {
        private static final long serialVersionUID = 1L;

        LeastRecentlyUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<ModelName, Answer> eldest) {
            return size() > MOST_OTHERS;
        }
    }
}
