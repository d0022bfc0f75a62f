/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerStream;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerMember;
import io.caracal.transport.tcp.SelectIdle;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** A server in a process of its own that echoes every message, to be killed or stopped. */
final class PeerProcess implements PeerHandler
{
    private final AeronPeerPort port;

    private PeerProcess(final AeronPeerPort port)
    {
        this.port = port;
    }

    /**
     * Starts it with the flags of this JVM. Arguments: data directory, own id, then id, UDP port and TCP port of each
     * member.
     */
    static Process start(final Path directory, final long serverId, final PeerEnsemble ensemble, final long... members)
    {
        final List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(
            argument -> argument.startsWith("--add") || argument.startsWith("--sun") || argument.startsWith("--enable"))
            .forEach(command::add);
        command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), PeerProcess.class.getName(),
            directory.toString(), Long.toString(serverId)));

        for (final long member : members)
        {
            final PeerEnsemble.Ports ports = ensemble.ports(member);
            command.addAll(
                List.of(Long.toString(member), Integer.toString(ports.udp()), Integer.toString(ports.tcp())));
        }

        try
        {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(new File(directory.toFile(),
                "out")).start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Runs until it is killed.
     *
     * @param args arguments as passed by {@link #start}.
     */
    public static void main(final String[] args)
    {
        final PeerContext context = new PeerContext().dataDirectory(Path.of(args[0])).serverId(Long.parseLong(args[1]))
            .peerTimeoutNs(PeerEnsemble.PATIENT_NS);

        for (int i = 2; i < args.length; i += 3)
        {
            final PeerMember member = new PeerMember(Long.parseLong(args[i]), PeerEnsemble.LOOPBACK.getHostAddress(),
                Integer.parseInt(args[i + 1]), Integer.parseInt(args[i + 2]), true);
            context.member(member);

            if (member.serverId() == context.serverId())
            {
                context.listen(new InetSocketAddress(PeerEnsemble.LOOPBACK, member.udpPort()),
                    new InetSocketAddress(PeerEnsemble.LOOPBACK, member.tcpPort()));
            }
        }

        context.conclude();

        try (SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode());
            AeronPeerPort port = new AeronPeerPort(context, idle))
        {
            final PeerProcess echo = new PeerProcess(port);

            while (!Thread.currentThread().isInterrupted())
            {
                final int workCount = port.poll(echo);
                port.flush();
                idle.idle(workCount, port.nextDeadlineNs());
            }
        }
    }

    @Override
    public void onLinkUp(final long serverId, final long generation)
    {
        // The test notices it at its own end.
    }

    @Override
    public void onLinkDown(final long serverId, final long generation, final LinkEnd end)
    {
        // As above.
    }

    @Override
    public boolean onMessage(final long serverId, final PeerStream stream, final DirectBuffer buffer, final int offset,
        final int length)
    {
        final int at = port.claim(serverId, stream, length);

        if (at >= 0)
        {
            port.claimed().putBytes(at, buffer, offset, length);
            port.commit();
        }

        return at >= 0;
    }
}
