/** The fleet in one look. */
@NullMarked
package io.modelfleet.console.overview;

import org.jspecify.annotations.NullMarked;
