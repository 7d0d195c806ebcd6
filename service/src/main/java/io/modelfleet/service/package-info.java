/**
 * What the coordinator and the agent share as services: settings from flags, environment and YAML,
 * log lines, JSON over HTTP in both directions. Knows no node, no task and no GPU.
 */
@NullMarked
package io.modelfleet.service;

import org.jspecify.annotations.NullMarked;
