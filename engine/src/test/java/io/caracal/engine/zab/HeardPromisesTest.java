/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeardPromisesTest
{
    @Test
    void shouldKeepTheHighest()
    {
        final HeardPromises promises = new HeardPromises();
        assertEquals(0, promises.highest());

        promises.onHeard(7);
        promises.onHeard(5);

        assertEquals(7, promises.highest());
    }
}
