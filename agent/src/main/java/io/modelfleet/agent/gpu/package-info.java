/**
 * Which GPUs this machine has and how busy they are. A probe is one source of that knowledge; the
 * monitor takes the first source that finds something and asks it every few seconds. Stands alone:
 * nothing here knows the rest of the agent.
 */
@NullMarked
package io.modelfleet.agent.gpu;

import org.jspecify.annotations.NullMarked;
