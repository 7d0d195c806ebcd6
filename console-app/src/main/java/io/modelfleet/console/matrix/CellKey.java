package io.modelfleet.console.matrix;

import io.modelfleet.protocol.ModelName;
import java.util.UUID;

/** Names a cell, wherever it is shown now. */
record CellKey(UUID node, ModelName model) {}
