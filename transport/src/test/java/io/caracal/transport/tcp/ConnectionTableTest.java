/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class ConnectionTableTest
{
    private static final int GATEWAY = 3;

    private final ConnectionTable table = new ConnectionTable(GATEWAY);

    /** Otherwise a late reply to a client that has left would go to the client that came after it. */
    @Test
    void shouldNotFindAConnectionByTheIdOfItsPredecessor()
    {
        final long firstId = add().id;
        table.remove(table.find(firstId));
        final Connection second = add();

        assertEquals(ConnectionTable.slotOf(firstId), ConnectionTable.slotOf(second.id));
        assertNotEquals(firstId, second.id);
        assertNull(table.find(firstId));
        assertSame(second, table.find(second.id));
        assertEquals(GATEWAY, ConnectionTable.gatewayOf(second.id));
        assertEquals(1, table.count());
    }

    private Connection add()
    {
        final Connection connection = new Connection(null, null, new Connection.Shared(null, null, null, null));
        table.add(connection);

        return connection;
    }
}
