/**
 * The wire: one record per JSON shape of the HTTP contract, the value types that stand in them, the
 * error codes with their texts, and the one mapper that reads and writes them all. Knows neither a
 * server nor a user interface.
 */
@NullMarked
package io.modelfleet.protocol;

import org.jspecify.annotations.NullMarked;
