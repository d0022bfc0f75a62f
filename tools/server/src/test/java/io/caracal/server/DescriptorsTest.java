/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process with more clients than it may have open files says so, and still answers those who ask what is wrong. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DescriptorsTest
{
    private static final int OPEN_FILES = 700;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long POLL_NS = 20_000_000;

    @TempDir
    private Path dir;

    private final List<Socket> crowd = new ArrayList<>();

    @AfterEach
    void leave()
    {
        CloseHelper.closeAll(crowd);
    }

    @Test
    void shouldKeepDescriptorsForThoseWhoAskWhatIsWrong() throws Exception
    {
        final int adminPort = FreePorts.find();
        try (ServerProcess server = ServerProcess.withOpenFiles(OPEN_FILES, dir, ServerProcess.logsToErrors(dir),
            "clientPort=0",
            "clientPortAddress=127.0.0.1", "dataDir=" + dir.resolve("data"), "maxClientCnxns=0", "admin.serverPort=" +
                adminPort))
        {
            final int port = server.awaitServing();
            for (int i = 0; i < OPEN_FILES; i++)
            {
                crowd.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            server.awaitErrors("connections not taken: ");
            server.awaitErrors("that the limit of " + OPEN_FILES +
                " open files of this process leaves them; raise it with ulimit -n");

            for (final String page : List.of("/livez", "/commands/monitor"))
            {
                final HttpResponse<String> reply = Pages.get(adminPort, page);
                assertEquals(200, reply.statusCode(), reply.body());
                assertTrue(page.equals("/livez") || !reply.body().contains("\"connection_rejected\" : 0,"),
                    reply.body());
            }

            leave();
            awaitSession(port);
        }
    }

    /** Retries, because the server notices only one by one that connections are gone. */
    private static void awaitSession(final int port)
    {
        final long beginNs = System.nanoTime();
        while (true)
        {
            try (RawClient client = RawClient.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
            {
                assertEquals(RawClient.OK, client.create("/a", new byte[0], 0));
                return;
            }
            catch (final IOException ex)
            {
                assertTrue(System.nanoTime() - beginNs < LIMIT.toNanos(), () -> "waited for a session and a znode: " +
                    ex);
                LockSupport.parkNanos(POLL_NS);
            }
        }
    }
}
