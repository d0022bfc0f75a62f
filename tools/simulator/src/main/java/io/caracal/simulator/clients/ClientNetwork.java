/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** The network between clients and servers, on virtual time. Belongs to one thread. */
public final class ClientNetwork
{
    private static final long DELAY_MIN_NS = 20_000;
    private static final long DELAY_MAX_NS = 500_000;
    private static final long DELAY_SLOW_NS = 50_000_000;
    private static final int SLOW_ONE_IN = 200;
    private static final int PORT_FIRST = 10_000;
    private static final int PORT_COUNT = 50_000;

    private final SplittableRandom random;
    private final TreeMap<Long, SimulatedClientPort> ports = new TreeMap<>();
    private final TreeSet<Long> cuts = new TreeSet<>();
    private final List<ClientWire> wires = new ArrayList<>();
    private int connectionCount;
    private long nowNs;

    /**
     * Creates a network without connections.
     *
     * @param seed of delays.
     */
    public ClientNetwork(final long seed)
    {
        random = new SplittableRandom(seed);
    }

    /**
     * A server starts to listen.
     *
     * @param serverId of the server.
     * @param port     the server's end of all its connections.
     */
    public void listen(final long serverId, final SimulatedClientPort port)
    {
        ports.put(serverId, port);
    }

    /**
     * A server's process has gone, and its connections with it.
     *
     * @param serverId of the server.
     */
    public void onServerGone(final long serverId)
    {
        ports.remove(serverId);
        wires.stream().filter(wire -> wire.serverId() == serverId).forEach(ClientWire::onServerGone);
    }

    /**
     * Advances virtual time.
     *
     * @param timeNs the new time; an earlier one than the present is ignored.
     */
    public void advanceTo(final long timeNs)
    {
        nowNs = Math.max(nowNs, timeNs);
    }

    /**
     * Moves bytes between clients and a server, as far as they are due.
     *
     * @param serverId of the server.
     */
    public void moveTo(final long serverId)
    {
        wires.removeIf(wire -> (wire.serverId() == serverId || wire.isOver()) && !wire.move());
    }

    /**
     * Cuts the path between a client and a server, or opens it again.
     *
     * @param clientId of the client.
     * @param serverId of the server.
     * @param isCut    true to cut it, so that nothing passes.
     */
    public void cut(final int clientId, final long serverId, final boolean isCut)
    {
        if (isCut)
        {
            cuts.add(key(clientId, serverId));
        }
        else
        {
            cuts.remove(key(clientId, serverId));
        }
    }

    /** Opens all paths that are cut. */
    public void heal()
    {
        cuts.clear();
    }

    /** Opens a connection; null when the server does not listen or cannot be reached. */
    ClientWire connect(final int clientId, final long serverId)
    {
        final SimulatedClientPort port = ports.get(serverId);

        if (port == null || isCut(clientId, serverId))
        {
            return null;
        }

        final byte[] address = { 10, 0, (byte)(clientId >> Byte.SIZE), (byte)clientId };
        final SimulatedClient end = port.connect(address, PORT_FIRST + connectionCount++ % PORT_COUNT);
        final ClientWire wire = new ClientWire(this, end, clientId, serverId);
        wires.add(wire);

        return wire;
    }

    boolean isCut(final int clientId, final long serverId)
    {
        return cuts.contains(key(clientId, serverId));
    }

    long nowNs()
    {
        return nowNs;
    }

    /** When bytes sent now will arrive. */
    long arrivalNs()
    {
        final long limit = random.nextInt(SLOW_ONE_IN) == 0 ? DELAY_SLOW_NS : DELAY_MAX_NS;

        return nowNs + random.nextLong(DELAY_MIN_NS, limit);
    }

    private static long key(final int clientId, final long serverId)
    {
        return ((long)clientId << Integer.SIZE) + serverId;
    }
}
