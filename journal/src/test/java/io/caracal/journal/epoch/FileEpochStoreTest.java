/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.epoch;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.EpochStoreContract;
import io.caracal.simulator.contract.Storage;

class FileEpochStoreTest extends EpochStoreContract
{
    @Override
    protected Storage newStorage()
    {
        return RealStorage.fresh();
    }
}
