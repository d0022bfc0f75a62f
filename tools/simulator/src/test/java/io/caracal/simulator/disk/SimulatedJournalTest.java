/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.simulator.contract.JournalContract;
import io.caracal.simulator.contract.Storage;

class SimulatedJournalTest extends JournalContract
{
    @Override
    protected Storage newStorage()
    {
        return new SimulatedStorage();
    }
}
