/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.server.config.OwnPages;
import io.caracal.server.http.HttpDoor;

/** The pages that orchestrators ask whether a server lives and whether it serves, the same on each HTTP port. */
public final class Probes
{
    private Probes()
    {
    }

    /**
     * Adds the pages to a port.
     *
     * @param door  the port, not open yet.
     * @param facts what the answers are made of.
     * @return the port.
     */
    public static HttpDoor on(final HttpDoor door, final AdminFacts facts)
    {
        return door.probe(OwnPages.LIVENESS, new HealthPage(facts, false)).probe(OwnPages.READINESS,
            new HealthPage(facts, true));
    }
}
