package io.modelfleet.simulator.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** One caller's connection to a {@link FaultyLink}: its requests are passed on one by one. */
final class LinkConnection implements Runnable {
    private static final Duration LONGEST_DELAY = Duration.ofMillis(1_500);
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(3);
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final int OVERTAKEN_BY = 2;
    private static final int CHUNK = 16 * 1024;

    private final FaultyLink link;
    private final Socket client;

    /** A request as it came. */
    record Request(HttpHead head, byte[] body) {
        byte[] bytes() {
            byte[] start = head.bytes("close");
            byte[] all = Arrays.copyOf(start, start.length + body.length);
            System.arraycopy(body, 0, all, start.length, body.length);
            return all;
        }
    }

    LinkConnection(FaultyLink link, Socket client) {
        this.link = link;
        this.client = client;
    }

    @Override
    public void run() {
        try {
            InputStream in = new BufferedInputStream(client.getInputStream());
            boolean more = true;
            while (more) {
                HttpHead head = HttpHead.read(in);
                more = head != null && exchange(new Request(head, body(in, head)), in);
            }
        } catch (IOException gone) {
            // One side has gone; closing tells the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            link.ended(client);
        }
    }

    private static byte[] body(InputStream in, HttpHead head) throws IOException {
        int length = head.contentLength().orElse(0L).intValue();
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("the caller went in the middle of its request");
        }
        return body;
    }

    /** Returns whether the connection can take another request. */
    private boolean exchange(Request request, InputStream in)
            throws IOException, InterruptedException {
        Optional<NetworkFault> fault = link.next();
        if (fault.isEmpty()) {
            return forward(request, Long.MAX_VALUE);
        }
        return switch (fault.get()) {
            case REFUSE -> false;
            case DELAY -> {
                link.hold(Duration.ofMillis(link.chance(LONGEST_DELAY.toMillis())));
                yield forward(request, Long.MAX_VALUE);
            }
            case REORDER -> {
                link.holdUntilPassed(OVERTAKEN_BY, LONGEST_HOLD);
                yield forward(request, Long.MAX_VALUE);
            }
            case CUT_REQUEST -> sendHalf(request);
            case CUT_ANSWER -> forward(request, link.chance(CHUNK));
            case SILENCE -> {
                link.hold(FOR_EVER);
                yield false;
            }
            case DUPLICATE -> {
                Thread.ofVirtual().name(link + " duplicate").start(() -> again(request));
                yield forward(request, Long.MAX_VALUE);
            }
            case LOSE_ANSWER -> {
                try (Socket upstream = sent(request)) {
                    swallow(upstream, in);
                }
                yield false;
            }
        };
    }

    private Socket sent(Request request) throws IOException {
        Socket upstream = link.connect();
        upstream.getOutputStream().write(request.bytes());
        return upstream;
    }

    private boolean sendHalf(Request request) throws IOException {
        byte[] bytes = request.bytes();
        try (Socket upstream = link.connect()) {
            upstream.getOutputStream().write(bytes, 0, bytes.length - request.body.length / 2 - 1);
        }
        return false;
    }

    private void again(Request request) {
        try {
            if (link.chance(2) == 0) {
                link.hold(Duration.ofMillis(link.chance(LONGEST_HOLD.toMillis())));
            }
            try (Socket upstream = sent(request)) {
                upstream.setSoTimeout((int) LONGEST_HOLD.toMillis());
                upstream.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException gone) {
            // Nobody waits for this answer.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the answer to its end, until the caller has given up, or until the weather clears. */
    private void swallow(Socket upstream, InputStream in) throws IOException {
        InputStream answer = new BufferedInputStream(upstream.getInputStream());
        HttpHead head = HttpHead.read(answer);
        if (head == null) {
            return;
        }
        upstream.setSoTimeout(100);
        byte[] chunk = new byte[CHUNK];
        EndOfBody end = new EndOfBody(head.contentLength());
        while (!end.reached() && !link.isClear() && !callerHasGone(in)) {
            try {
                int count = answer.read(chunk);
                if (count < 0) {
                    return;
                }
                end.saw(chunk, count);
            } catch (SocketTimeoutException stillWorking) {
                // an answer that takes its time
            }
        }
    }

    private boolean callerHasGone(InputStream in) throws IOException {
        client.setSoTimeout(1);
        in.mark(1);
        try {
            if (in.read() < 0) {
                return true;
            }
            in.reset();
        } catch (SocketTimeoutException stillThere) {
            // a caller that waits says nothing
        } finally {
            client.setSoTimeout(0);
        }
        return false;
    }

    /**
     * Passes the request on and its answer back.
     *
     * @param most bytes of the answer's body that pass before the connection is cut
     */
    private boolean forward(Request request, long most) throws IOException {
        try (Socket upstream = sent(request)) {
            InputStream answer = new BufferedInputStream(upstream.getInputStream());
            HttpHead head = HttpHead.read(answer);
            if (head == null) {
                return false;
            }
            client.getOutputStream().write(head.bytes(null));
            return head.isBodiless(request.head)
                    || relay(answer, head.contentLength(), most, request.head.path());
        }
    }

    /** Returns whether the whole body came and passed. */
    private boolean relay(InputStream answer, Optional<Long> length, long most, String path)
            throws IOException {
        OutputStream out = client.getOutputStream();
        byte[] chunk = new byte[CHUNK];
        EndOfBody end = new EndOfBody(length);
        long sent = 0;
        while (!end.reached()) {
            int count = answer.read(chunk);
            if (count < 0) {
                return false;
            }
            link.traffic().answered(path, count);
            int passing = (int) Math.min(count, most - sent);
            out.write(chunk, 0, passing);
            if (passing < count) {
                return false;
            }
            sent += count;
            end.saw(chunk, count);
        }
        return true;
    }
}
