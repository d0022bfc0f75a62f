/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.catchup;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.Storage;
import io.caracal.simulator.contract.CatchUpContract;

class FileCatchUpTest extends CatchUpContract
{
    @Override
    protected Storage newStorage()
    {
        return RealStorage.fresh();
    }
}
