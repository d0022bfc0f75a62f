/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerSettings;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.wire.JuteReader;
import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import io.caracal.compatibility.wire.Stat;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What random programs left must be there after a kill and a start, to the last field of every stat, from snapshots and
 * logs. It must be the same on every member.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestartedTreeTest
{
    private static final int TIMEOUT_MS = 20_000;
    private static final long SEED = Long.getLong("caracal.differential.seed", 1) + 800_000_000L;
    private static final int PROGRAMS = 50;
    private static final int ZNODES_MIN = 100;
    private static final String USAGE = "/zookeeper_stats";

    /** Dedicated threads make no difference to what a server keeps, so that kind is left out. */
    static List<ServerKind> servers()
    {
        return ServerKind.asked().stream().filter(kind -> kind != ServerKind.DEDICATED).toList();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("servers")
    void shouldFindTheTreeAsItWas(final ServerKind kind) throws IOException
    {
        final ServerSettings settings = new ServerSettings().with("snapCount", "300").with("tickTime", "10000")
            .with("znode.container.checkIntervalMs", "1000000000").with("DigestAuthenticationProvider.superDigest",
                Vocabulary.SUPER_DIGEST);

        try (ServerUnderTest server = kind.launch(settings))
        {
            perform(server);
            final Map<String, String> before = tree(server);
            assertTrue(before.size() > ZNODES_MIN, "programs left " + before.size() + " znodes");
            server.kill();
            server.start();
            assertEquals(before, tree(server));
        }
    }

    private static void perform(final ServerUnderTest server) throws IOException
    {
        try (Player player = new Player(new Members(server.members(), false)))
        {
            for (int i = 0; i < PROGRAMS; i++)
            {
                final Program program = ProgramGenerator.program(SEED + i);

                if (!program.onRoot())
                {
                    player.perform(program, "/d" + i);
                }
            }
        }
    }

    /** Returns the tree that all members show; fails if they differ. */
    private static Map<String, String> tree(final ServerUnderTest server) throws IOException
    {
        Map<String, String> first = null;

        for (final InetSocketAddress member : server.members())
        {
            final Map<String, String> znodes = new TreeMap<>();

            try (RawSession session = RawSession.open(member, TIMEOUT_MS))
            {
                final JuteWriter packet = new JuteWriter().header(Opcode.XID_AUTH, Opcode.AUTH).i32(0).str("digest")
                    .buf("super:secret".getBytes(UTF_8));
                session.connection().send(packet.toBytes());
                assertEquals(0, session.receive().err());
                session.call(Opcode.SYNC, new JuteWriter().str("/"));
                walk(session, "/", znodes);
                session.closeSession();
            }

            first = first == null ? znodes : first;
            assertEquals(first, znodes, "members differ");
        }

        return first;
    }

    private static void walk(final RawSession session, final String path, final Map<String, String> znodes)
        throws IOException
    {
        final JuteReader data = session.call(Opcode.GET_DATA, new JuteWriter().str(path).bool(false)).body();
        final byte[] bytes = data.buf();
        final Stat stat = data.stat();
        final JuteReader acl = session.call(Opcode.GET_ACL, new JuteWriter().str(path)).body();
        // Usage is recounted at a start, and a server may have lost count before.
        final boolean isUsage = path.endsWith(USAGE);
        znodes.put(path, (bytes == null ? "null" : isUsage ? "usage" : HexFormat.of().formatHex(bytes)) + " " +
            (isUsage ? stat.mzxid() : stat) + " " + acl.acls());

        for (final String child : session.call(Opcode.GET_CHILDREN, new JuteWriter().str(path).bool(false)).body()
            .strings())
        {
            walk(session, (path.equals("/") ? "" : path) + "/" + child, znodes);
        }
    }
}
