/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static io.caracal.server.config.ServerProperty.GLOBAL_OUTSTANDING_LIMIT;
import static io.caracal.server.config.ServerProperty.LARGE_REQUEST_MAX_BYTES;
import static io.caracal.server.config.ServerProperty.LARGE_REQUEST_THRESHOLD;
import static io.caracal.server.config.ServerProperty.MAX_CLIENT_CNXNS;
import static io.caracal.server.config.ServerProperty.MAX_CNXNS;
import static io.caracal.server.config.ServerProperty.MAX_SESSION_TIMEOUT;
import static io.caracal.server.config.ServerProperty.TREE_MEMORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.Gauge;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Keys that limit connections, sessions and requests. */
final class LimitKeys
{
    private static final int PIPELINE = 10;
    private static final byte[] NOTHING = new byte[0];
    private static final int SYSTEM_ERROR = -1;
    /** Four of these need more than a megabyte and fewer than four. */
    private static final byte[] PART_OF_MB = new byte[400 << 10];

    private LimitKeys()
    {
    }

    static Stream<KeyProof> rows()
    {
        return Stream.of(
            new KeyProof(MAX_CLIENT_CNXNS, server -> takesOneThenTwo(server, "maxClientCnxns=1", "maxClientCnxns=2")),
            new KeyProof(MAX_CNXNS, server -> takesOneThenTwo(server, "maxCnxns=1", "maxCnxns=2")),
            new KeyProof(MAX_SESSION_TIMEOUT, LimitKeys::grantsOtherTimeouts),
            new KeyProof(GLOBAL_OUTSTANDING_LIMIT, LimitKeys::readsNoFurther),
            new KeyProof(LARGE_REQUEST_THRESHOLD, server -> refusesThenTakesALargeRequest(server,
                "largeRequestThreshold=100\nlargeRequestMaxBytes=200",
                "largeRequestThreshold=10000\nlargeRequestMaxBytes=200")),
            new KeyProof(LARGE_REQUEST_MAX_BYTES, server -> refusesThenTakesALargeRequest(server,
                "largeRequestThreshold=100\nlargeRequestMaxBytes=200",
                "largeRequestThreshold=100\nlargeRequestMaxBytes=2000")),
            new KeyProof(TREE_MEMORY, LimitKeys::refusesZnodesWithoutRoom));
    }

    static void takesOneThenTwo(final ReloadedServer server, final String one, final String two) throws IOException
    {
        server.reload(one);
        assertTrue(server.isServed(), "the first");
        assertFalse(server.isServed(), "a second");
        server.reload(two);
        assertTrue(server.isServed(), "a second, with the new value");
    }

    private static void refusesZnodesWithoutRoom(final ReloadedServer server) throws IOException
    {
        final RawClient client = server.open();
        final List<String> paths = Stream.generate(ReloadedServer::name).limit(4).toList();
        for (final String path : paths)
        {
            assertEquals(RawClient.OK, client.create(path, PART_OF_MB, 0), "no limit that is so low");
        }
        server.reload("treeMemoryLimitInMb=1");
        final long refused = server.metrics().count(Count.WRITES_REFUSED_NO_MEMORY);
        assertEquals(SYSTEM_ERROR, client.create(ReloadedServer.name(), NOTHING, 0));
        assertEquals(refused + 1, server.metrics().count(Count.WRITES_REFUSED_NO_MEMORY));
        ReloadedServer.await("the figures to say so", () -> server.metrics().gauge(Gauge.TREE_FULL) == 1);
        server.reload("treeMemoryLimitInMb=100");
        assertEquals(RawClient.OK, client.create(ReloadedServer.name(), NOTHING, 0));
        for (final String path : paths)
        {
            assertEquals(RawClient.OK, client.delete(path));
        }
    }

    private static void grantsOtherTimeouts(final ReloadedServer server) throws IOException
    {
        server.reload("maxSessionTimeout=20000");
        assertEquals(20_000, server.open(100_000).timeoutMs());
        server.reload("maxSessionTimeout=30000");
        assertEquals(30_000, server.open(100_000).timeoutMs());
    }

    private static void readsNoFurther(final ReloadedServer server) throws IOException
    {
        server.reload("globalOutstandingLimit=2");
        final RawClient writer = server.open();
        final RawClient reader = server.open();
        server.disk().hold();
        for (int i = 0; i < PIPELINE; i++)
        {
            writer.sendCreate(ReloadedServer.name(), NOTHING, 0);
        }

        ReloadedServer.await("some to be under way", () -> server.outstanding() >= 2);
        ReloadedServer.turn(reader);
        assertTrue(server.outstanding() < PIPELINE, "under way: " + server.outstanding());
        server.reload("globalOutstandingLimit=1000");
        ReloadedServer.await("all to be under way", () -> server.outstanding() >= PIPELINE);
        server.disk().release();
        for (int i = 0; i < PIPELINE; i++)
        {
            assertEquals(RawClient.OK, writer.errorCode());
        }
    }

    private static void refusesThenTakesALargeRequest(final ReloadedServer server, final String refused,
        final String taken) throws IOException
    {
        final byte[] data = new byte[500];
        server.reload(refused);
        assertEquals(RawClient.CLOSED, server.open().create(ReloadedServer.name(), data, 0));
        server.reload(taken);
        assertEquals(RawClient.OK, server.open().create(ReloadedServer.name(), data, 0));
    }
}
