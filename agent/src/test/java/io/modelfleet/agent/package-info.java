@NullMarked
package io.modelfleet.agent;

import org.jspecify.annotations.NullMarked;
