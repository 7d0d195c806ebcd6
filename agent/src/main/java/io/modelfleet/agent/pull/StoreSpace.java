package io.modelfleet.agent.pull;

/**
 * The file system that holds Ollama's model store.
 *
 * @param total bytes
 * @param free bytes that Ollama may still use
 */
public record StoreSpace(long total, long free) {}
