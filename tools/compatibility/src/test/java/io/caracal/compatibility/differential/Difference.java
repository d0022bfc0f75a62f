/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.wire.Acl;
import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import io.caracal.compatibility.wire.WireConnection;
import java.io.IOException;
import java.util.List;

/**
 * The deliberate differences between Caracal and ZooKeeper. Each has a reason, and a probe that shows what each server
 * does. Random programs avoid them. The README prints this list.
 */
enum Difference
{
    DELETE_CONTAINER("deleteContainer (20) from a client", "executed without any check of session or rights",
        "refused as unknown, connection closed", "it is the reaper's own operation and would go past every ACL",
        "-101", "-6 closed")
    {
        @Override
        String probe(final ServerUnderTest server) throws IOException
        {
            return request(server, Opcode.DELETE_CONTAINER, new JuteWriter().str("/no/such/container"));
        }
    },

    CREATE_SESSION("createSession (-10) as a request", "makes another session and answers with a ConnectResponse",
        "refused as unknown, connection closed", "a session is made by a handshake and by nothing else",
        "no reply header", "-6 closed")
    {
        @Override
        String probe(final ServerUnderTest server) throws IOException
        {
            return request(server, -10, new JuteWriter().i32(10_000));
        }
    },

    WRONG_PASSWORD("reconnect with a wrong password while the session's connection lives",
        "closes the live connection, then refuses", "refuses; the live connection stays",
        "who does not know the password must not be able to disturb", "refused, live connection closed",
        "refused, live connection answers")
    {
        @Override
        String probe(final ServerUnderTest server) throws IOException
        {
            try (RawSession live = RawSession.open(server.address(), TIMEOUT_MS);
                RawSession thief = RawSession.attach(
                    new WireConnection(server.address(), TIMEOUT_MS), RawSession.connectRequest(0, TIMEOUT_MS,
                        live.connected().sessionId(), RawSession.noPassword(), 0)))
            {
                final String refused = thief.connected().isAccepted() ? "accepted" : "refused";
                final String kept = isAnswered(live) ? ", live connection answers" : ", live connection closed";
                return refused + kept;
            }
        }
    },

    NULL_WATCH_PATH("addWatch, checkWatches, removeWatches with a null path", "takes it for a path like any other",
        "-5",
        "there is no such path, here as in every other request", "0", "-5")
    {
        @Override
        String probe(final ServerUnderTest server) throws IOException
        {
            return request(server, Opcode.ADD_WATCH, new JuteWriter().str(null).i32(0));
        }
    },

    COUNT_OF_EMPTY_PATH("getAllChildrenNumber of the empty path", "counts the root as a child of itself",
        "as for /", "both are names of the root", "1 more", "0 more")
    {
        @Override
        String probe(final ServerUnderTest server) throws IOException
        {
            try (RawSession session = RawSession.open(server.address(), TIMEOUT_MS))
            {
                final int empty = session.call(Opcode.GET_ALL_CHILDREN_NUMBER, new JuteWriter().str("")).body().i32();
                final int root = session.call(Opcode.GET_ALL_CHILDREN_NUMBER, new JuteWriter().str("/")).body().i32();
                return empty - root + " more";
            }
        }
    },

    QUOTA_TEXT("a quota whose text cannot be read", "answers -5 to every create and longer setData below it",
        "no limit",
        "a slip in one node must not lock others", "-5", "0")
    {
        @Override
        String probe(final ServerUnderTest server) throws IOException
        {
            try (RawSession session = RawSession.open(server.address(), TIMEOUT_MS))
            {
                session.create("/slip", null, 0);
                session.create("/zookeeper/quota/slip", null, 0);
                session.create("/zookeeper/quota/slip/zookeeper_limits", new byte[]{ 'x' }, 0);
                session.create("/zookeeper/quota/slip/zookeeper_stats", "count=0,bytes=0".getBytes(US_ASCII), 0);
            }

            return request(server, Opcode.CREATE, node("/slip/below").i32(0));
        }
    },

    WIDE_CHARACTER("sync, events of setWatches, and access lists, with characters beyond the basic plane",
        "gives them back as two halves, which no client can read", "gives back what came",
        "a client must find its own path again", "other bytes", "the same bytes")
    {
        @Override
        String probe(final ServerUnderTest server) throws IOException
        {
            try (RawSession session = RawSession.open(server.address(), TIMEOUT_MS))
            {
                final String path = "/\ud83d\ude00";
                final RawSession.Reply reply = session.call(Opcode.SYNC, new JuteWriter().str(path));
                return path.equals(reply.body().str()) ? "the same bytes" : "other bytes";
            }
        }
    },

    IPV4_IN_IPV6("an ip entry with an IPv4 address written as IPv6 (::ffff:127.0.0.1)", "-114",
        "the IPv4 address", "both name the same host", "-114", "0")
    {
        @Override
        String probe(final ServerUnderTest server) throws IOException
        {
            final List<Acl> mapped = List.of(new Acl(Acl.ALL, "ip", "::ffff:127.0.0.1"));
            return request(server, Opcode.CREATE, new JuteWriter().str("/mapped").buf(null).acls(mapped).i32(0));
        }
    },

    QUOTA_WITHIN("a quota set below another one", "goes on counting towards both what was there before",
        "counts each znode towards the nearest quota only, from then on",
        "usage is what the tree holds, not how it came about", "count=2,bytes=0", "count=1,bytes=0")
    {
        @Override
        String probe(final ServerUnderTest server) throws IOException
        {
            try (RawSession session = RawSession.open(server.address(), TIMEOUT_MS))
            {
                session.create("/outer", null, 0);
                session.create("/outer/inner", null, 0);
                quota(session, "/outer");
                quota(session, "/outer/inner");
                return usage(session, "/outer");
            }
        }
    },

    QUOTA_USAGE("the usage of a quota is overwritten by a client", "believes what was written",
        "puts back what it knew", "usage is what the tree holds", "count=7,bytes=7", "count=1,bytes=0")
    {
        @Override
        String probe(final ServerUnderTest server) throws IOException
        {
            try (RawSession session = RawSession.open(server.address(), TIMEOUT_MS))
            {
                session.create("/counted", null, 0);
                quota(session, "/counted");
                session.call(Opcode.SET_DATA, new JuteWriter().str("/zookeeper/quota/counted/zookeeper_stats")
                    .buf("count=7,bytes=7".getBytes(US_ASCII)).i32(-1));
                return usage(session, "/counted");
            }
        }
    },

    QUOTA_WITHOUT_LIMITS("limits that are made beside a usage that stayed without any",
        "the usage goes on from what it was", "it is counted anew", "usage is what the tree holds", "count=1,bytes=0",
        "count=2,bytes=0")
    {
        @Override
        String probe(final ServerUnderTest server) throws IOException
        {
            try (RawSession session = RawSession.open(server.address(), TIMEOUT_MS))
            {
                final String limits = "/zookeeper/quota/stayed/zookeeper_limits";
                session.create("/stayed", null, 0);
                quota(session, "/stayed");
                session.call(Opcode.DELETE, new JuteWriter().str(limits).i32(-1));
                session.create("/stayed/below", null, 0);
                session.create(limits, "count=9,bytes=-1".getBytes(US_ASCII), 0);
                return usage(session, "/stayed");
            }
        }
    },

    SASL_NULL_TOKEN("sasl (102) with a null token", "closes the connection", "answers as to any other token",
        "without a login section every token is answered with nothing", "closed", "0")
    {
        @Override
        String probe(final ServerUnderTest server) throws IOException
        {
            return request(server, Opcode.SASL, new JuteWriter().buf(null));
        }
    },

    TTL_OPCODE("createTTL (21) with a flag without TTL and ttl -1", "passes validation, then ends the server process",
        "-8", "no client may end a server", "server gone", "-8")
    {
        @Override
        String probe(final ServerUnderTest server) throws IOException
        {
            final String answer = request(server, Opcode.CREATE_TTL, node("/opcode21").i32(0).i64(-1));
            return answer.equals("closed") ? "server gone" : answer;
        }
    };

    private static final int TIMEOUT_MS = 20_000;

    private final String what;
    private final String zooKeeper;
    private final String caracal;
    private final String reason;
    private final String zooKeeperOutcome;
    private final String caracalOutcome;

    Difference(final String what, final String zooKeeper, final String caracal, final String reason,
        final String zooKeeperOutcome, final String caracalOutcome)
    {
        this.what = what;
        this.zooKeeper = zooKeeper;
        this.caracal = caracal;
        this.reason = reason;
        this.zooKeeperOutcome = zooKeeperOutcome;
        this.caracalOutcome = caracalOutcome;
    }

    /** Shows the difference on a server, which may be gone afterwards. */
    abstract String probe(ServerUnderTest server) throws IOException;

    String outcome(final boolean ofCaracal)
    {
        return ofCaracal ? caracalOutcome : zooKeeperOutcome;
    }

    /** The row of this difference in the README's table. */
    String row()
    {
        return "| " + what + " | " + zooKeeper + " | " + caracal + " | " + reason + " |";
    }

    private static void quota(final RawSession session, final String path) throws IOException
    {
        session.create("/zookeeper/quota" + path, null, 0);
        session.create("/zookeeper/quota" + path + "/zookeeper_limits", "count=9,bytes=-1".getBytes(US_ASCII), 0);
        session.create("/zookeeper/quota" + path + "/zookeeper_stats", "count=0,bytes=0".getBytes(US_ASCII), 0);
    }

    private static String usage(final RawSession session, final String path) throws IOException
    {
        return new String(session.call(Opcode.GET_DATA, new JuteWriter().str("/zookeeper/quota" + path +
            "/zookeeper_stats").bool(false)).body().buf(), US_ASCII);
    }

    private static JuteWriter node(final String path)
    {
        return new JuteWriter().str(path).buf(null).acls(Acl.OPEN);
    }

    /** Returns the error code of the reply, and whether the connection was closed after it. */
    private static String request(final ServerUnderTest server, final int opcode, final JuteWriter body)
        throws IOException
    {
        try (RawSession session = RawSession.open(server.address(), TIMEOUT_MS))
        {
            final int xid = session.send(opcode, body);
            final RawSession.Reply reply = session.receive();

            if (reply == null)
            {
                return "closed";
            }

            if (reply.xid() != xid)
            {
                return "no reply header";
            }

            return reply.err() + (isAnswered(session) ? "" : " closed");
        }
    }

    private static boolean isAnswered(final RawSession session)
    {
        try
        {
            final RawSession.Reply pong = session.ping();
            return pong != null && pong.xid() == Opcode.XID_PING;
        }
        catch (final IOException ex)
        {
            return false; // Closed before the ping was sent.
        }
    }
}
