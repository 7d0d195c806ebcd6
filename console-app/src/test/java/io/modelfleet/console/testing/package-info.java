/** What the tests of all pages share: a fleet on loopback, a window without a display, pictures. */
@NullMarked
package io.modelfleet.console.testing;

import org.jspecify.annotations.NullMarked;
