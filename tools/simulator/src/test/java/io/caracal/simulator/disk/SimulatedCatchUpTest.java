/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.simulator.contract.CatchUpContract;
import io.caracal.simulator.contract.Storage;

class SimulatedCatchUpTest extends CatchUpContract
{
    @Override
    protected Storage newStorage()
    {
        return new SimulatedStorage();
    }
}
