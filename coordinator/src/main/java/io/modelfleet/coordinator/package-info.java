@NullMarked
package io.modelfleet.coordinator;

import org.jspecify.annotations.NullMarked;
