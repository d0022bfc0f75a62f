/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The servers of one side of a duel: a single server, or the members of an ensemble, whose clients use different ones.
 * A member may answer from the past, with no bound on how far. So members are synchronized between the steps of a
 * program.
 */
final class Members implements AutoCloseable
{
    private static final int CONTROL_TIMEOUT_MS = 200_000;

    private final List<InetSocketAddress> addresses;
    private final boolean sessionsMove;
    private final List<RawSession> controls = new ArrayList<>();

    /** Whether sessions move to the next member with each connection must be the same on both sides. */
    Members(final List<InetSocketAddress> addresses, final boolean sessionsMove) throws IOException
    {
        this.addresses = addresses;
        this.sessionsMove = sessionsMove;

        for (final InetSocketAddress address : addresses)
        {
            controls.add(RawSession.open(address, CONTROL_TIMEOUT_MS));
        }
    }

    boolean sessionsMove()
    {
        return sessionsMove;
    }

    /** The address for one of a client's connections. */
    InetSocketAddress address(final int turn)
    {
        return addresses.get(Math.floorMod(turn, addresses.size()));
    }

    /** Creates the znode below which a program works. */
    void create(final String path) throws IOException
    {
        controls.get(0).create(path, new byte[0], 0);
    }

    /** Keeps the sessions of this side alive. */
    void ping() throws IOException
    {
        for (final RawSession control : controls)
        {
            control.ping();
        }
    }

    /** Returns when every member has applied whatever any of them had acknowledged. */
    void level() throws IOException
    {
        if (controls.size() > 1)
        {
            for (final RawSession control : controls)
            {
                control.send(Opcode.SYNC, new JuteWriter().str("/"));
            }

            for (final RawSession control : controls)
            {
                final RawSession.Reply reply = control.receive();

                if (reply == null || reply.err() != 0)
                {
                    throw new IOException("a member cannot be brought level: " + reply);
                }
            }
        }
    }

    /**
     * Takes a zxid. A session that moved to another member took a zxid on the ensemble's side and none on the other; a
     * zxid taken on both sides hides that.
     */
    void sessionMoved() throws IOException
    {
        if (sessionsMove)
        {
            controls.get(0).call(Opcode.DELETE, new JuteWriter().str("/never").i32(-1));
            level();
        }
    }

    /** Closes the sessions as well. One that expires later would take a zxid in the middle of another duel. */
    @Override
    public void close() throws IOException
    {
        for (final RawSession control : controls)
        {
            try (control)
            {
                control.closeSession();
            }
        }
    }
}
