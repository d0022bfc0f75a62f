/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.simulator.contract.SnapshotReceiveContract;
import io.caracal.simulator.contract.Storage;

class SimulatedSnapshotReceiveTest extends SnapshotReceiveContract
{
    @Override
    protected Storage newStorage()
    {
        return new SimulatedStorage();
    }
}
