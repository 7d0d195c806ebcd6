/** Controls that several pages share: badges, meters and table cells. */
@NullMarked
package io.modelfleet.console.control;

import org.jspecify.annotations.NullMarked;
