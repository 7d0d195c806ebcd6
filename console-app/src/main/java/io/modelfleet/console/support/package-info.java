/** Text, formats, settings and threads: what every other package stands on. */
@NullMarked
package io.modelfleet.console.support;

import org.jspecify.annotations.NullMarked;
