@NullMarked
package io.modelfleet.protocol;

import org.jspecify.annotations.NullMarked;
