/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerSettings;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.wire.Acl;
import io.caracal.compatibility.wire.JuteReader;
import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests which kind of znode, or which error, every opcode of a create makes with every flag, alone and within a
 * transaction. Whether a znode is a container shows in that the server removes it.
 */
class CreateKindTest
{
    private static final int NO_NODE = -101;
    private static final int CONTAINER = 4;
    private static final int FLAGS = 8;
    private static final long TTL_MS = 1_000_000;
    /** Long enough that no session expires while a machine stands still. */
    private static final int TIMEOUT_MS = 600_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);
    private static final int[] OPCODES =
        { Opcode.CREATE, Opcode.CREATE2, Opcode.CREATE_CONTAINER, Opcode.CREATE_TTL };

    static List<ServerKind> caracals()
    {
        return ServerKind.caracals();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("caracals")
    void shouldMakeTheKindOfZnodeThatZooKeeperMakes(final ServerKind kind) throws Exception
    {
        assertEquals(answers(ServerKind.ZOOKEEPER, reaping()), answers(kind, reaping()));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("caracals")
    void shouldMakeTheSameWithoutTimesToLive(final ServerKind kind) throws Exception
    {
        assertEquals(answers(ServerKind.ZOOKEEPER, reaping().without("extendedTypesEnabled")),
            answers(kind, reaping().without("extendedTypesEnabled")));
    }

    /** Containers are removed soon, although they never had a child. */
    private static ServerSettings reaping()
    {
        return new ServerSettings().with("maxSessionTimeout", Integer.toString(TIMEOUT_MS))
            .with("znode.container.checkIntervalMs", "50").with("znode.container.maxNeverUsedIntervalMs", "1");
    }

    private static String answers(final ServerKind kind, final ServerSettings settings) throws Exception
    {
        final StringBuilder lines = new StringBuilder();
        try (ServerUnderTest server = kind.launch(settings);
            RawSession session = RawSession.open(server.address(), TIMEOUT_MS))
        {
            for (final int opcode : OPCODES)
            {
                for (int flags = 0; flags < FLAGS; flags++)
                {
                    final String name = "opcode " + opcode + " flags " + flags;
                    lines.append(name).append(" alone: ").append(alone(session, opcode, flags)).append('\n');
                    lines.append(name).append(" in multi: ").append(inMulti(session, opcode, flags)).append('\n');
                }
            }

            lines.append("stay: ").append(afterReaping(session)).append('\n');
            session.closeSession();
        }

        return lines.toString();
    }

    private static String alone(final RawSession session, final int opcode, final int flags) throws IOException
    {
        final RawSession.Reply reply = session.call(opcode, body(new JuteWriter(), "/alone", opcode, flags));
        return reply.err() == 0 ? reply.body().str() + ", " + reply.body().remaining() + " bytes more" :
            "error " + reply.err();
    }

    private static String inMulti(final RawSession session, final int opcode, final int flags) throws IOException
    {
        final JuteWriter multi = body(new JuteWriter().i32(opcode).bool(false).i32(-1), "/part", opcode, flags);
        final RawSession.Reply reply = session.call(Opcode.MULTI, multi.i32(-1).bool(true).i32(-1));
        if (reply.err() != 0)
        {
            return "error " + reply.err();
        }

        final JuteReader results = reply.body();
        final int type = results.i32();
        results.bool();
        final int error = results.i32();
        return error == 0 ? "result " + type + ", " + results.str() : "part " + error;
    }

    private static JuteWriter body(final JuteWriter writer, final String prefix, final int opcode, final int flags)
    {
        writer.str(prefix + "-" + opcode + "-" + flags + "-").buf(null).acls(Acl.OPEN).i32(flags);
        return opcode == Opcode.CREATE_TTL ? writer.i64(TTL_MS) : writer;
    }

    /**
     * What is there once all containers are gone. The first of two further containers may be removed in a round that
     * began before the others were made, or before them in its round; the second one is removed in a later round.
     */
    private static String afterReaping(final RawSession session) throws Exception
    {
        for (int round = 0; round < 2; round++)
        {
            final JuteWriter container = new JuteWriter().str("/last").buf(null).acls(Acl.OPEN).i32(CONTAINER);
            assertEquals(0, session.call(Opcode.CREATE_CONTAINER, container).err());
            awaitGone(session, "/last");
        }

        final RawSession.Reply reply = session.call(Opcode.GET_CHILDREN, new JuteWriter().str("/").bool(false));
        final StringBuilder stay = new StringBuilder();
        for (final String name : reply.body().strings().stream().sorted().toList())
        {
            final long owner = session.call(Opcode.EXISTS, new JuteWriter().str("/" + name).bool(false)).body().stat()
                .ephemeralOwner();
            stay.append("\n  ").append(name).append(owner == session.connected().sessionId() ? " ephemeral" :
                " owner 0x" + Long.toHexString(owner));
        }

        return stay.toString();
    }

    private static void awaitGone(final RawSession session, final String path) throws Exception
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (session.call(Opcode.EXISTS, new JuteWriter().str(path).bool(false)).err() != NO_NODE)
        {
            assertTrue(System.nanoTime() < deadlineNs, "the container " + path + " was never removed");
            Thread.sleep(10);
        }
    }
}
