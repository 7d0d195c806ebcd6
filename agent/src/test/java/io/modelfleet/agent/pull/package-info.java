@NullMarked
package io.modelfleet.agent.pull;

import org.jspecify.annotations.NullMarked;
