@NullMarked
package io.modelfleet.agent.link;

import org.jspecify.annotations.NullMarked;
