/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.simulator.contract.SnapshotStoreContract;
import io.caracal.simulator.contract.Storage;

class SimulatedSnapshotStoreTest extends SnapshotStoreContract
{
    @Override
    protected Storage newStorage()
    {
        return new SimulatedStorage();
    }
}
