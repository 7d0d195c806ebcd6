@NullMarked
package io.modelfleet.console.client;

import org.jspecify.annotations.NullMarked;
