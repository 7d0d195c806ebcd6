@NullMarked
package io.modelfleet.agent.http;

import org.jspecify.annotations.NullMarked;
