/** What a page is, and what it is handed: the seam between the window and its pages. */
@NullMarked
package io.modelfleet.console.page;

import org.jspecify.annotations.NullMarked;
