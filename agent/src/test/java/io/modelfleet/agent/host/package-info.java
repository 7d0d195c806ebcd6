@NullMarked
package io.modelfleet.agent.host;

import org.jspecify.annotations.NullMarked;
