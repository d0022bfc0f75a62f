/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Identities;
import io.caracal.simulator.check.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The credentials that a client sends on one connection. A server takes them when they arrive, so they count for
 * everything that is sent later.
 */
final class ClientLogin
{
    /** Number that requests with credentials and their answers carry. */
    static final int XID = -4;

    private static final int OPCODE = 100;

    private final Supplier<List<String>> credentials;

    /** The credentials that were sent. */
    private final Set<String> proofs = new HashSet<>();

    /** What the client will have proven when each of the requests under way is answered. */
    private final ArrayDeque<Identities> awaited = new ArrayDeque<>();
    private Identities sent;

    /** A client with some credentials, oldest first, which may become more. */
    ClientLogin(final int clientId, final Supplier<List<String>> credentials)
    {
        this.credentials = credentials;
        sent = Identities.of(clientId);
    }

    /** Returns the requests that are to be sent now, with the credentials that have not been sent yet. */
    List<byte[]> frames()
    {
        final List<byte[]> frames = new ArrayList<>();

        for (final String each : credentials.get())
        {
            if (proofs.add(each))
            {
                frames.add(new FrameWriter().int32(XID).int32(OPCODE).int32(0).text("digest").text(each).frame());
                sent = sent.with(each);
                awaited.add(sent);
            }
        }

        return frames;
    }

    /** What the client has proven to the server by the time that this takes what it sends next. */
    Identities sent()
    {
        return sent;
    }

    /** The server answered the oldest of the requests. Returns what the client has proven by now. */
    Identities onAnswer(final int error)
    {
        if (error != 0 || awaited.isEmpty())
        {
            throw new Violation("right credentials are taken, once", "error " + error + " for " + awaited.peekFirst());
        }

        return awaited.removeFirst();
    }
}
