/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import java.util.ArrayDeque;

/** The way between a client and a server: bytes take their time, and wait while the way is cut. */
public final class ClientWire
{
    private static final long NEVER = Long.MAX_VALUE;

    private final ArrayDeque<Piece> toServer = new ArrayDeque<>();
    private final ArrayDeque<Piece> toClient = new ArrayDeque<>();
    private final SimulatedClient end;
    private final ClientNetwork network;
    private final int clientId;
    private final long serverId;
    private boolean isLeft;
    private long endSeenNs = NEVER;
    private long goneNs = NEVER;
    private long saidNs;

    /** Never compared, so that an array in it is no trap. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Piece(long saidNs, long arrivesNs, byte[] bytes)
    {
    }

    ClientWire(final ClientNetwork network, final SimulatedClient end, final int clientId, final long serverId)
    {
        this.network = network;
        this.end = end;
        this.clientId = clientId;
        this.serverId = serverId;
    }

    long serverId()
    {
        return serverId;
    }

    int clientId()
    {
        return clientId;
    }

    void send(final byte[] bytes)
    {
        toServer.add(new Piece(network.nowNs(), network.arrivalNs(), bytes));
    }

    /** What has arrived at the client, empty when nothing has. */
    byte[] receive()
    {
        move();
        final Piece piece = toClient.peekFirst();
        final boolean hasArrived = piece != null && piece.arrivesNs <= network.nowNs() && !isCut();

        if (!hasArrived)
        {
            return new byte[0];
        }

        saidNs = piece.saidNs;

        return toClient.removeFirst().bytes;
    }

    /** When the server said what was received last. */
    long saidNs()
    {
        return saidNs;
    }

    /** Whether the client sees that the connection has ended. */
    boolean isEnded()
    {
        return !isCut() && (goneNs <= network.nowNs() || (toClient.isEmpty() && endSeenNs <= network.nowNs()));
    }

    /** The client leaves; what it sent still arrives, and then the end, unless the way is cut. */
    void leave()
    {
        isLeft = true;
    }

    /** The server's process is gone. */
    void onServerGone()
    {
        goneNs = network.arrivalNs();
        toServer.clear();
    }

    /** Whether neither end has anything to do with it any more. */
    boolean isOver()
    {
        return isLeft && goneNs != NEVER;
    }

    /** Moves what is due; false when nothing more will ever happen here. */
    boolean move()
    {
        if (goneNs != NEVER)
        {
            return !isLeft;
        }

        while (!isCut() && !toServer.isEmpty() && toServer.peekFirst().arrivesNs <= network.nowNs())
        {
            end.send(toServer.removeFirst().bytes);
        }

        if (isLeft && !isCut() && toServer.isEmpty())
        {
            end.disconnect();
            return false;
        }

        final byte[] sent = end.receive();

        if (sent.length > 0)
        {
            toClient.add(new Piece(network.nowNs(), network.arrivalNs(), sent));
        }

        if (end.isEnded() && endSeenNs == NEVER)
        {
            endSeenNs = network.arrivalNs();
        }

        return true;
    }

    private boolean isCut()
    {
        return network.isCut(clientId, serverId);
    }
}
