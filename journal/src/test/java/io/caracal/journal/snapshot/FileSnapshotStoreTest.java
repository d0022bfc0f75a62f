/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.SnapshotStoreContract;
import io.caracal.simulator.contract.Storage;

class FileSnapshotStoreTest extends SnapshotStoreContract
{
    @Override
    protected Storage newStorage()
    {
        return RealStorage.fresh();
    }
}
