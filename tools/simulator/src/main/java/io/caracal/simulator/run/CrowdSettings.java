/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.simulator.clients.ClientSettings;
import io.caracal.simulator.clients.Mix;

/**
 * The clients of a run.
 *
 * @param count     number of clients.
 * @param busyCount number of those that have no whims and know all servers, so that there is always something to apply.
 * @param client    behavior of the others.
 * @param mix       what all of them ask for.
 */
record CrowdSettings(int count, int busyCount, ClientSettings client, Mix mix)
{
    /** Clients that ask for a bit of everything. */
    CrowdSettings(final int count, final int busyCount, final ClientSettings client)
    {
        this(count, busyCount, client, Mix.COMMON);
    }

    /** Returns these settings with other wishes. */
    CrowdSettings asking(final Mix newMix)
    {
        return new CrowdSettings(count, busyCount, client, newMix);
    }

    /** The behavior of a client. */
    ClientSettings of(final int index)
    {
        return index < busyCount ? client.busy() : client;
    }
}
