@NullMarked
package io.modelfleet.console.page;

import org.jspecify.annotations.NullMarked;
