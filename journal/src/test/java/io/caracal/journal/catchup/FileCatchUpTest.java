/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.catchup;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.Storage;
import io.caracal.simulator.contract.CatchUpContract;

class FileCatchUpTest extends CatchUpContract
{
    private static final long SOON_MS = 100;

    @Override
    protected Storage newStorage()
    {
        return RealStorage.fresh();
    }

    @Override
    protected Storage newImpatientStorage()
    {
        return RealStorage.fresh(context -> context.catchUpStallMs(SOON_MS));
    }
}
