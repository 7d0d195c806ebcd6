@NullMarked
package io.modelfleet.console.support;

import org.jspecify.annotations.NullMarked;
