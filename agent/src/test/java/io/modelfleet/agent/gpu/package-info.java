@NullMarked
package io.modelfleet.agent.gpu;

import org.jspecify.annotations.NullMarked;
