/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.Storage;
import io.caracal.simulator.contract.TruncationContract;

class ChronicleTruncationTest extends TruncationContract
{
    @Override
    protected Storage newStorage()
    {
        return RealStorage.fresh();
    }
}
