@NullMarked
package io.modelfleet.console.settings;

import org.jspecify.annotations.NullMarked;
