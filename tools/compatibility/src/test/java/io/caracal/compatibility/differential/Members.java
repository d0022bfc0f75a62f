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
 * The servers of one side of a duel: one alone, or the members of an ensemble, whose clients go through different ones.
 * A member may answer from the past, and nothing is promised about how far; so members are brought level between the
 * steps of a program.
 */
final class Members implements AutoCloseable
{
    private static final int CONTROL_TIMEOUT_MS = 200_000;

    private final List<InetSocketAddress> addresses;
    private final boolean sessionsMove;
    private final List<RawSession> controls = new ArrayList<>();

    /** On both sides alike, sessions move to the next member with each connection, or they do not. */
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

    /** Where a client is to go with one of its connections. */
    InetSocketAddress address(final int turn)
    {
        return addresses.get(Math.floorMod(turn, addresses.size()));
    }

    /** Makes the znode below which a program works. */
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
     * A session that moved to another member took a zxid there and none here; one that both sides take hides that.
     */
    void sessionMoved() throws IOException
    {
        if (sessionsMove)
        {
            controls.get(0).call(Opcode.DELETE, new JuteWriter().str("/never").i32(-1));
            level();
        }
    }

    /** Ends the sessions as well: one that expires later would take a zxid in the middle of another duel. */
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
