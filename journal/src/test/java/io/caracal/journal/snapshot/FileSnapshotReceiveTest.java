/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.Storage;
import io.caracal.simulator.contract.SnapshotReceiveContract;

class FileSnapshotReceiveTest extends SnapshotReceiveContract
{
    @Override
    protected Storage newStorage()
    {
        return RealStorage.fresh();
    }
}
