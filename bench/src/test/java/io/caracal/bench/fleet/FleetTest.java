/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.bench.nothing.Forcing;
import io.caracal.bench.nothing.NothingServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FleetTest
{
    private static final int MEMBERS = 31;

    @TempDir
    private Path dir;

    @Test
    void shouldGoOnElsewhereAndLeaveTheOthersAlone() throws IOException
    {
        final NothingServer two = server(2);
        try (NothingServer one = server(1);
            Fleet fleet = new Fleet(List.of(one.address(), two.address()), MEMBERS, 30_000))
        {
            fleet.connect();
            fleet.create("/znode");
            final Crowd.Resumed resumed = fleet.resume("/znode", () -> closed(two));

            assertEquals(MEMBERS, resumed.acknowledged().getTotalCount());
            assertEquals(MEMBERS / 2, resumed.moved());
        }
    }

    private static long closed(final NothingServer server)
    {
        final long begunNs = System.nanoTime();
        server.close();
        return begunNs;
    }

    private NothingServer server(final int number) throws IOException
    {
        return new NothingServer(new InetSocketAddress(InetAddress.getByAddress(new byte[]{ 127, 0, 0, 1 }), 0), dir
            .resolve("file" + number), 1 << 20, Forcing.NONE, 100);
    }
}
