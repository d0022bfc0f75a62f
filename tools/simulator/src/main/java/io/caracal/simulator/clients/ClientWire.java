/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import java.util.ArrayDeque;

/** The path between a client and a server. Bytes take time to arrive, and wait while the path is cut. */
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

    /** Bytes on their way to one end. Pieces are never compared, so the identity of the array does not matter. */
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

    /** Returns a piece of the bytes that have arrived at the client, empty when nothing has. */
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

    /** When the server sent the bytes received last. */
    long saidNs()
    {
        return saidNs;
    }

    /** Whether the client sees that the connection has ended. */
    boolean isEnded()
    {
        return !isCut() && (goneNs <= network.nowNs() || (toClient.isEmpty() && endSeenNs <= network.nowNs()));
    }

    /** The client leaves. What it sent still arrives, followed by the end of the connection, unless the path is cut. */
    void leave()
    {
        isLeft = true;
    }

    /** The server's process has gone. */
    void onServerGone()
    {
        goneNs = network.arrivalNs();
        toServer.clear();
    }

    /** Whether neither end uses the path any more. */
    boolean isOver()
    {
        return isLeft && goneNs != NEVER;
    }

    /** Moves the bytes that are due. Returns false when nothing more will ever happen on this path. */
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
