package io.modelfleet.agent.ollama;

import io.modelfleet.protocol.FleetException;
import io.modelfleet.protocol.Json;
import io.modelfleet.protocol.Problem;
import io.modelfleet.service.JsonClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One {@code POST /api/pull}, to be run once. Closing its connection is what cancels the download
 * in Ollama, and {@link #cancel} does that from any thread.
 */
public final class PullCall {
    private static final byte[] STREAMED = new byte[0];

    private final HttpClient http;
    private final HttpRequest request;
    private final Duration silence;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private volatile boolean cancelled;
    private volatile @Nullable CompletableFuture<HttpResponse<byte[]>> exchange;

    PullCall(HttpClient http, HttpRequest request, Duration silence) {
        this.http = http;
        this.request = request;
        this.silence = silence;
    }

    /**
     * Pulls until the stream ends; blocks its caller.
     *
     * @param listener hears each line on the caller's thread
     */
    public PullOutcome run(Consumer<PullEvent> listener) {
        CompletableFuture<HttpResponse<byte[]>> sending = http.sendAsync(request, this::subscriber);
        exchange = sending;
        CompletableFuture<Void> handled = sending.handle(this::answered);
        try {
            return follow(listener);
        } finally {
            sending.cancel(true);
            handled.cancel(true);
        }
    }

    /** Closes the connection; {@link #run} then ends with {@link PullOutcome.Cancelled}. */
    public void cancel() {
        cancelled = true;
        signals.add(new Signal.End());
        CompletableFuture<HttpResponse<byte[]>> sending = exchange;
        if (sending != null) {
            sending.cancel(true);
        }
    }

    private PullOutcome follow(Consumer<PullEvent> listener) {
        while (true) {
            Signal signal = next();
            if (cancelled) {
                return new PullOutcome.Cancelled();
            }
            PullOutcome outcome =
                    switch (signal) {
                        case Signal.Line line -> read(line.text(), listener);
                        case Signal.End ignored ->
                                new PullOutcome.Lost("the stream ended without success");
                        case Signal.Broken broken -> broken(broken.cause());
                        case Signal.Refused refused ->
                                new PullOutcome.Failed(refused.status(), refused.text());
                        case Signal.Silence ignored ->
                                new PullOutcome.Lost(
                                        "no sign of life for " + silence.toMinutes() + " minutes");
                    };
            if (outcome != null) {
                return outcome;
            }
        }
    }

    private Signal next() {
        try {
            Silence counted = new Silence(silence);
            while (counted.next().isPositive()) {
                Duration wait = counted.next();
                Signal signal = signals.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
                if (signal != null) {
                    return signal;
                }
                counted.waited(wait);
            }
            return new Signal.Silence();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancelled = true;
            return new Signal.End();
        }
    }

    private static @Nullable PullOutcome read(String text, Consumer<PullEvent> listener) {
        if (text.isBlank()) {
            return null;
        }
        PullEvent event;
        try {
            PullLine line = PullLine.parse(text);
            if (line.error() != null) {
                return new PullOutcome.Failed(200, line.error());
            }
            if (line.isSuccess()) {
                return new PullOutcome.Success();
            }
            event = line.event();
        } catch (FleetException unreadable) {
            return new PullOutcome.Lost("the stream was cut within a line");
        }
        listener.accept(event);
        return null;
    }

    private static PullOutcome broken(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        String words = cause instanceof IOException io ? JsonClient.cause(io) : cause.toString();
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                ? new PullOutcome.Unreachable(words)
                : new PullOutcome.Lost(words);
    }

    private @Nullable Void answered(
            @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
        if (failure != null) {
            signals.add(new Signal.Broken(failure));
        } else if (response != null && response.statusCode() != 200) {
            signals.add(new Signal.Refused(response.statusCode(), words(response)));
        }
        return null;
    }

    private static String words(HttpResponse<byte[]> response) {
        try {
            Problem problem = Json.read(response.body(), Problem.class);
            if (problem.error() != null) {
                return problem.error();
            }
        } catch (FleetException notJson) {
            // a proxy in between answers in its own form; the status is all that is certain
        }
        return "HTTP " + response.statusCode();
    }

    private BodySubscriber<byte[]> subscriber(HttpResponse.ResponseInfo head) {
        return head.statusCode() == 200
                ? BodySubscribers.fromLineSubscriber(
                        new Lines(), lines -> STREAMED, StandardCharsets.UTF_8, null)
                : BodySubscribers.ofByteArray();
    }

    private sealed interface Signal {
        record Line(String text) implements Signal {}

        record End() implements Signal {}

        record Broken(Throwable cause) implements Signal {}

        record Refused(int status, String text) implements Signal {}

        record Silence() implements Signal {}
    }

    /** Takes lines as they come: Ollama sends some sixteen a second. */
    private final class Lines implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            signals.add(new Signal.Line(line));
        }

        @Override
        public void onError(Throwable failure) {
            signals.add(new Signal.Broken(failure));
        }

        @Override
        public void onComplete() {
            signals.add(new Signal.End());
        }
    }
}
