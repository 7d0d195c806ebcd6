package io.modelfleet.console.catalog;

import io.modelfleet.console.client.FleetState;
import io.modelfleet.protocol.Agent;

/**
 * What the table says about a model.
 *
 * @param holders how many nodes hold it
 * @param able how many nodes could run it
 * @param nodes how many there are
 */
record CatalogFacts(CatalogEntry entry, int holders, int able, int nodes) {

    static CatalogFacts of(CatalogEntry entry, FleetState fleet) {
        int holders = 0;
        int able = 0;
        for (Agent node : fleet.agents().values()) {
            boolean held = fleet.models(node.id()).containsKey(entry.name());
            holders += held ? 1 : 0;
            able += Fit.of(entry.size(), held, node) == Fit.FITS ? 1 : 0;
        }
        return new CatalogFacts(entry, holders, able, fleet.agents().size());
    }
}
