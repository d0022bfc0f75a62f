/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConnectionLimitsTest
{
    @Test
    void shouldLeaveDescriptorsForEverythingElse()
    {
        assertEquals(1_000 - 100 - ConnectionLimits.SPARE, ConnectionLimits.clientsMax(1_000, 100, 0));
        assertTrue(ConnectionLimits.clientsMax(1_000, 100, 2) < ConnectionLimits.clientsMax(1_000, 100, 1));
        assertEquals(1, ConnectionLimits.clientsMax(100, 99, 2));
    }
}
