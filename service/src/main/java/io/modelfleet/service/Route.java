package io.modelfleet.service;

/**
 * One row of a server's table.
 *
 * @param method {@code GET}, {@code POST}, {@code PUT} or {@code DELETE}
 * @param path as in the OpenAPI document, such as <code>/api/agents/{id}</code>; <code>{+name}
 *     </code> takes the rest of the path, slashes included
 */
public record Route(String method, String path, Handler handler) {
    /**
     * Parses, calls, answers; refuses by throwing a {@link io.modelfleet.protocol.FleetException}.
     */
    @FunctionalInterface
    public interface Handler {
        Answer handle(Call call);
    }

    public static Route get(String path, Handler handler) {
        return new Route("GET", path, handler);
    }

    public static Route post(String path, Handler handler) {
        return new Route("POST", path, handler);
    }

    public static Route put(String path, Handler handler) {
        return new Route("PUT", path, handler);
    }

    public static Route delete(String path, Handler handler) {
        return new Route("DELETE", path, handler);
    }
}
