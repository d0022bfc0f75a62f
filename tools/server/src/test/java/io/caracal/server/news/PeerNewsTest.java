/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.news;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.EnsemblePlan;
import io.caracal.server.KeptLog;
import io.caracal.server.Server;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the log says about links, and about connections to the port for other servers. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PeerNewsTest
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NS = 20_000_000;

    @TempDir
    private Path dir;

    private static void awaitLine(final KeptLog log, final String text)
    {
        final long beginNs = System.nanoTime();
        while (!log.has(text))
        {
            assertTrue(System.nanoTime() - beginNs < LIMIT_NS, () -> "waited for '" + text + "' in\n" + log.text());
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private static void connect(final EnsemblePlan.Member member, final String said) throws Exception
    {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), member.electionPort()))
        {
            socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** For example the connection of a server that gave up while this one was stopped by a signal. */
    @Test
    void shouldNotTakeAServerThatGaveUpForSomethingElse() throws Exception
    {
        final EnsemblePlan plan = EnsemblePlan.onFreePorts(3, 0, dir);
        plan.prepare();
        final EnsemblePlan.Member member = plan.members().get(0);
        try (KeptLog log = new KeptLog("io.caracal.server");
            Server server = Server.launch(plan.context(member).set("admin.enableServer", "false")))
        {
            connect(member, "");

            awaitLine(log, "a connection to the second port ended without what a server of this version says first, " +
                "from 127.0.0.1: it came from something else, or from a server that gave up while this one was held " +
                "up");
            assertEquals("looking", server.role());
        }
    }

    @Test
    void shouldSayWhatFollowsFromAnAddressThatChanged()
    {
        try (KeptLog log = new KeptLog("address"))
        {
            new PeerNews(LoggerFactory.getLogger("address"), null, null, null)
                .onAddressChanged("this machine no longer has the address 10.0.0.1");

            assertEquals("this machine no longer has the address 10.0.0.1: other servers that dial this one do not " +
                "find it; it takes the new address when it is restarted", log.text());
        }
    }
}
