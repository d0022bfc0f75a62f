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

    /** Its time passes only with its pauses, so that a test takes none by itself. */
    @Override
    protected Storage newImpatientStorage()
    {
        return newStorage();
    }
}
