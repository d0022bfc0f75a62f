/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.simulator.contract.EpochStoreContract;
import io.caracal.simulator.contract.Storage;

class SimulatedEpochStoreTest extends EpochStoreContract
{
    @Override
    protected Storage newStorage()
    {
        return new SimulatedStorage();
    }
}
