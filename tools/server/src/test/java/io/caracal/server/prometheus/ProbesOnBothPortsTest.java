/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Pages;
import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import io.caracal.server.http.HttpDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An orchestrator ends a server that does not answer its probe, though only one of its HTTP ports is crowded. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProbesOnBothPortsTest
{
    @TempDir
    private Path dir;

    @Test
    void shouldAnswerProbesOnThePortOfMetricsWhileTheOtherIsCrowded() throws Exception
    {
        final List<Socket> crowd = new ArrayList<>();
        try (Server server = Server.launch(new ServerContext().dataDir(dir.resolve("data")).set("clientPort", "0")
            .set("admin.enableServer", "true").set("admin.serverPort", "0").set("metricsProvider.httpPort", "0")))
        {
            assertEquals("[+] loop: turns\n", Pages.get(server.adminPort(), "/livez").body());
            while (crowd.size() < HttpDoor.CONNECTIONS_MAX || !isTurnedAway(crowd.get(crowd.size() - 1)))
            {
                crowd.add(new Socket(InetAddress.getLoopbackAddress(), server.adminPort()));
                assertTrue(crowd.size() <= 2 * HttpDoor.CONNECTIONS_MAX, "nobody is turned away");
            }

            assertEquals("[+] loop: turns\n", Pages.get(server.metricsPort(), "/livez").body());
            assertTrue(Pages.get(server.metricsPort(), "/readyz").body().contains("[+] clients: served"));
        }
        finally
        {
            CloseHelper.closeAll(crowd);
        }
    }

    /** Whether a connection that says nothing is closed at once. */
    private static boolean isTurnedAway(final Socket socket) throws IOException
    {
        socket.setSoTimeout(500);
        try
        {
            return socket.getInputStream().read() < 0;
        }
        catch (final SocketTimeoutException open)
        {
            return false;
        }
        catch (final SocketException reset)
        {
            return true;
        }
    }
}
