/** The page of all models that the fleet could hold. */
@NullMarked
package io.modelfleet.console.catalog;

import org.jspecify.annotations.NullMarked;
