package io.modelfleet.service;

/** Is told of each request that was answered. */
@FunctionalInterface
public interface RequestObserver {
    /** What stands for the path of requests that no route answers. */
    String NO_ROUTE = "(none)";

    /**
     * Called on the thread that answered: be quick.
     *
     * @param method of the route
     * @param path of the route, such as <code>/api/agents/{id}</code>, or {@link #NO_ROUTE}
     * @param status HTTP status of the answer
     * @param nanos from the request's head to the answer's end
     */
    void answered(String method, String path, int status, long nanos);
}
