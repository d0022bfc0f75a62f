/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program can do about a server in its process that has failed. */
class FailedServerTest
{
    private static final int TIMEOUT_MS = 30_000;

    private final HeldDisk disk = new HeldDisk();

    @TempDir
    private Path dir;

    /** The failure is told by a thread of the server, for whose end close waits. */
    @Test
    void shouldBeClosedByWhatDependsOnItsFailure() throws Exception
    {
        final Server failing = Server.launch(context().fileSystem(disk));
        final CompletableFuture<Void> closed = failing.failure().thenAccept(cause -> failing.close());
        disk.breakDown();
        assertNull(RawClient.tryOpen(new InetSocketAddress(InetAddress.getLoopbackAddress(), failing.clientPort()),
            TIMEOUT_MS), "a session that is not on disk");

        closed.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        try (Server next = Server.launch(context()))
        {
            assertEquals("standalone", next.role());
        }
    }

    private ServerContext context()
    {
        return new ServerContext().dataDir(dir).clientPort(0).clientPortAddress("127.0.0.1");
    }
}
