/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.simulator.clients.ClientSettings;

/**
 * The clients of a run.
 *
 * @param count     number of clients.
 * @param busyCount number of those that have no whims and know all servers, so that there is always something to apply.
 * @param client    behavior of the others.
 */
record CrowdSettings(int count, int busyCount, ClientSettings client)
{
    /** The behavior of a client. */
    ClientSettings of(final int index)
    {
        return index < busyCount ? client.busy() : client;
    }
}
