/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.JournalContract;
import io.caracal.simulator.contract.Storage;

class ChronicleJournalTest extends JournalContract
{
    @Override
    protected Storage newStorage()
    {
        return RealStorage.fresh();
    }
}
