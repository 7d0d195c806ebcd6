@NullMarked
package io.modelfleet.console.catalog;

import org.jspecify.annotations.NullMarked;
