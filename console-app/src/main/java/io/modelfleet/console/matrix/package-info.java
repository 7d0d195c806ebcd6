/** The matrix: nodes × models, painted on one canvas. */
@NullMarked
package io.modelfleet.console.matrix;

import org.jspecify.annotations.NullMarked;
