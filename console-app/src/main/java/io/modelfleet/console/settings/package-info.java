/** What the operator can choose. */
@NullMarked
package io.modelfleet.console.settings;

import org.jspecify.annotations.NullMarked;
