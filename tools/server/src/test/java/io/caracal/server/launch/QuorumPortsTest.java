/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.EnsemblePlan;
import io.caracal.server.KeptLog;
import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import io.caracal.transport.PeerContext;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member of an ensemble whose ports are taken does not start, and says which port is taken and what to do. */
class QuorumPortsTest
{
    private static final String ATTEMPTS = "electionPortBindRetry";
    private static final long PATIENCE_S = 60;

    @TempDir
    private Path dir;

    @Test
    void shouldNameTheUdpPortThatIsTaken() throws Exception
    {
        final EnsemblePlan plan = plan();
        try (DatagramSocket taken = new DatagramSocket(address(plan, 1)))
        {
            assertRefused(plan, "UDP port " + taken.getLocalPort() + " of the line server.1 ");
        }
    }

    @Test
    void shouldNameTheTcpPortThatIsTaken() throws Exception
    {
        final EnsemblePlan plan = plan();
        final InetSocketAddress address = address(plan, 2);
        try (ServerSocket taken = new ServerSocket(address.getPort(), 1, address.getAddress()))
        {
            assertRefused(plan, "TCP port " + taken.getLocalPort() + " of the line server.1 ");
        }
    }

    /** As with {@code java.net.preferIPv4Stack=true}. */
    @Test
    void shouldNameAnAddressThatThisProcessHasNoSocketsFor() throws Exception
    {
        final InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 1);
        final PeerContext context = new PeerContext().serverId(3).listen(address, address);
        final LaunchException ex = assertThrows(LaunchException.class, () -> QuorumPorts.requireFree(context,
            () -> DatagramChannel.open(StandardProtocolFamily.INET)));
        assertTrue(ex.getMessage().startsWith("the address 2001:db8:0:0:0:0:0:1 of the line server.3 "),
            ex.getMessage());
        assertTrue(ex.getMessage().contains("preferIPv4Stack"), ex.getMessage());
        assertEquals(14, ex.exitCode().code());
    }

    /** For example a container that starts before its name is published. */
    @Test
    void shouldNameTheOwnHostThatIsNotKnown() throws Exception
    {
        Files.writeString(dir.resolve("myid"), "1\n");
        final ServerContext context = new ServerContext().dataDir(dir).clientPort(0).set("admin.enableServer", "false")
            .set("server.1", "no-such-host.invalid:1:2").set("server.2", "127.0.0.1:3:4").set(ATTEMPTS, "1");
        final LaunchException ex = assertThrows(LaunchException.class, () -> Server.launch(context).close());
        assertTrue(ex.getMessage().startsWith("the address of this server is not known: the host " +
            "no-such-host.invalid of the line server.1 does not resolve here; "), ex.getMessage());
        assertTrue(ex.getMessage().contains("quorumListenOnAllIPs=true"), ex.getMessage());
        assertEquals(14, ex.exitCode().code());
    }

    /** For example while an old process is still ending, or before the machine has got the address. */
    @Test
    void shouldTryAgainUntilThePortCanBeHad() throws Exception
    {
        final EnsemblePlan plan = plan();
        final ServerContext context = plan.context(plan.members().get(0)).set(ATTEMPTS, "0");
        final DatagramSocket taken = new DatagramSocket(address(plan, 1));
        try (KeptLog log = new KeptLog("io.caracal.server.Server-1"))
        {
            final CompletableFuture<Server> launched = CompletableFuture.supplyAsync(() -> Server.launch(context));
            awaitTheFirstAttempt(log);
            taken.close();
            launched.get(PATIENCE_S, TimeUnit.SECONDS).close();
            assertTrue(log.has("attempt 1 in vain, the next one follows in a second: UDP port"), log.text());
        }
        finally
        {
            taken.close();
        }
    }

    private static void awaitTheFirstAttempt(final KeptLog log)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!log.has("attempt 1 in vain"))
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, () -> "no attempt in vain: " + log.text());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private EnsemblePlan plan()
    {
        final EnsemblePlan plan = EnsemblePlan.onFreePorts(3, 0, dir);
        plan.prepare();
        return plan;
    }

    /** Returns the address of a part of a line {@code host:A:B...}: A is part 1, B is part 2. */
    private static InetSocketAddress address(final EnsemblePlan plan, final int part)
    {
        final String port = plan.members().get(0).line().split("[:;]", -1)[part];
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }

    private static void assertRefused(final EnsemblePlan plan, final String message)
    {
        final ServerContext context = plan.context(plan.members().get(0)).set(ATTEMPTS, "1");
        final LaunchException ex = assertThrows(LaunchException.class, () -> Server.launch(context).close());
        assertTrue(ex.getMessage().startsWith(message), ex.getMessage());
        assertTrue(ex.getMessage().contains("ss -l"), ex.getMessage());
        assertEquals(14, ex.exitCode().code());
    }
}
