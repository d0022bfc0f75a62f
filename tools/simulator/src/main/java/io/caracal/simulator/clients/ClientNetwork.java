/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** All ways between clients and servers, on virtual time. One thread. */
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
     * Nobody is connected.
     *
     * @param seed of delays.
     */
    public ClientNetwork(final long seed)
    {
        random = new SplittableRandom(seed);
    }

    /**
     * A server listens.
     *
     * @param serverId of the server.
     * @param port     its end of all connections.
     */
    public void listen(final long serverId, final SimulatedClientPort port)
    {
        ports.put(serverId, port);
    }

    /**
     * A server's process is gone, and with it its connections.
     *
     * @param serverId of the server.
     */
    public void onServerGone(final long serverId)
    {
        ports.remove(serverId);
        wires.stream().filter(wire -> wire.serverId() == serverId).forEach(ClientWire::onServerGone);
    }

    /**
     * Virtual time passes.
     *
     * @param timeNs not before the present.
     */
    public void advanceTo(final long timeNs)
    {
        nowNs = Math.max(nowNs, timeNs);
    }

    /**
     * What clients sent arrives at a server, as far as it is due.
     *
     * @param serverId of the server.
     */
    public void moveTo(final long serverId)
    {
        wires.removeIf(wire -> (wire.serverId() == serverId || wire.isOver()) && !wire.move());
    }

    /**
     * Cuts the way between a client and a server, or opens it.
     *
     * @param clientId one end.
     * @param serverId the other.
     * @param isCut    true: nothing passes.
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

    /** Opens everything that is cut. */
    public void heal()
    {
        cuts.clear();
    }

    /** A new connection, null when the server does not listen or cannot be reached. */
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

    /** When something sent now arrives. */
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
