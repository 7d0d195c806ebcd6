package io.modelfleet.protocol;

/**
 * The stable codes of everything that can be refused or fail. A code goes with the HTTP status that
 * it is answered with; those of a failed task stand in {@link Task#errorCode()} and are answered
 * with no call. The texts, in English and Japanese, stand in the bundle {@code errors}.
 */
public enum ErrorCode {
    // refusals of a call
    INVALID_REQUEST(400),
    INVALID_MODEL_NAME(400),
    UNAUTHORIZED(401),
    FORBIDDEN(403),
    GPU_REQUIRED(403),
    NOT_FOUND(404),
    AGENT_NOT_FOUND(404),
    TASK_NOT_FOUND(404),
    MODEL_NOT_INSTALLED(404),
    METHOD_NOT_ALLOWED(405),
    /** Two agents at once use one id. */
    AGENT_ID_IN_USE(409),
    TASK_FINISHED(409),
    TASK_ACTIVE(409),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    INTERNAL(500),
    AGENT_OFFLINE(503),
    UNAVAILABLE(503),
    INSUFFICIENT_STORAGE(507),

    // reasons for which a distribution leaves a node out
    ALREADY_INSTALLED(409),
    NOT_SCHEDULABLE(409),

    // causes of a failed task
    /** The agent could not be reached, or never took the task, until the attempts were used up. */
    AGENT_UNREACHABLE(502),
    /** The agent was reached and refused the task; its own words are in the error text. */
    AGENT_REFUSED(502),
    /**
     * The agent does not know how to do this (an agent of another make asked to remove a model).
     */
    NOT_SUPPORTED(501),
    /** The registry does not have the model. */
    MODEL_NOT_FOUND(404),
    /** Ollama could not reach the registry. */
    REGISTRY_UNREACHABLE(502),
    /** What was downloaded is not what the manifest names. */
    DIGEST_MISMATCH(502),
    /** The disk under Ollama's model store filled up. */
    DISK_FULL(507),
    /** Anything else that Ollama reported; its own words are in the error text. */
    OLLAMA_ERROR(502);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** The HTTP status, 400 to 599. */
    public int status() {
        return status;
    }
}
