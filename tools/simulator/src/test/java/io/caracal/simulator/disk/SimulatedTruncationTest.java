/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.simulator.contract.TruncationContract;
import io.caracal.simulator.contract.Storage;

class SimulatedTruncationTest extends TruncationContract
{
    @Override
    protected Storage newStorage()
    {
        return new SimulatedStorage();
    }
}
