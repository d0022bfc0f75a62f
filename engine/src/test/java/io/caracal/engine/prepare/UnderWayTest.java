/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.SeededRandom;
import io.caracal.engine.acl.Identities;
import io.caracal.engine.acl.Scheme;
import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.protocol.CreateMode;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.RequestSamples;
import io.caracal.engine.tree.TestTree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two leaders prepare the same random requests. One applies each transaction at once; the other has many under way,
 * and cannot propose some. Their transactions must be the same, byte by byte.
 */
class UnderWayTest
{
    private static final int REQUESTS = 6000;
    private static final int PARTS_MAX = 5;
    private static final int UNDER_WAY_MAX = 40;
    private static final int CLOSE_ONE_IN = 40;
    private static final int SESSIONS = 150;
    private static final String[] NAMES = { "a", "b", "c" };
    private static final int[] MODES = { CreateMode.PERSISTENT, CreateMode.PERSISTENT, CreateMode.EPHEMERAL,
        CreateMode.EPHEMERAL, CreateMode.PERSISTENT_SEQUENTIAL, CreateMode.EPHEMERAL_SEQUENTIAL };
    private static final String ALICE = "alice:hash";
    private static final String BOB = "bob:hash";

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private SeededRandom random;
    private int firstSession;

    /** A request and who makes it. */
    private record Request(int opCode, long sessionId, Identities identities, UnsafeBuffer body)
    {
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4 })
    void shouldPrepareAsIfEverythingUnderWayWereApplied(final long seed)
    {
        random = new SeededRandom(seed);
        firstSession = 1;
        try (TestLeader slow = new TestLeader(memory.ledger(), SESSIONS);
            TestLeader quick = new TestLeader(memory.ledger(), SESSIONS))
        {
            for (int i = 0; i < REQUESTS; i++)
            {
                final boolean isProposed = random.nextInt(8) > 0;
                if (random.nextInt(CLOSE_ONE_IN) == 0 && firstSession < SESSIONS)
                {
                    close(slow, quick, isProposed);
                }
                else
                {
                    final Request request = request();
                    prepare(slow, request);
                    prepare(quick, request);
                }
                compare(slow, quick, isProposed, i);
                while (slow.underWay() > random.nextInt(UNDER_WAY_MAX))
                {
                    slow.apply();
                }
            }
            compareWhatIsApplied(slow, quick);
        }
    }

    /** Ends the oldest session. Requests come from it for a while longer, and are refused. */
    private void close(final TestLeader slow, final TestLeader quick, final boolean isProposed)
    {
        slow.close(firstSession);
        quick.close(firstSession);
        firstSession += isProposed ? 1 : 0;
    }

    private static void prepare(final TestLeader leader, final Request request)
    {
        leader.prepare(request.opCode(), request.sessionId(), request.identities(), request.body());
    }

    private static void compare(final TestLeader slow, final TestLeader quick, final boolean isProposed, final int i)
    {
        assertEquals(quick.prepared(), slow.prepared(), () -> "request " + i);
        if (isProposed)
        {
            slow.propose();
            quick.propose();
            quick.apply();
        }
        else
        {
            slow.drop();
            quick.drop();
        }
    }

    private static void compareWhatIsApplied(final TestLeader slow, final TestLeader quick)
    {
        while (slow.underWay() > 0)
        {
            slow.apply();
        }
        assertEquals(quick.tree().digest(), slow.tree().digest());
        assertEquals(0, slow.changes().size());
        assertEquals(0, quick.changes().size());
        slow.assertZnodesAloneHoldTheAcls();
        quick.assertZnodesAloneHoldTheAcls();
    }

    private Request request()
    {
        final Identities who = new Identities();
        if (random.nextInt(3) == 0)
        {
            final UnsafeBuffer id = TestTree.bytes(random.nextInt(2) == 0 ? ALICE : BOB);
            who.add(Scheme.DIGEST, id, 0, id.capacity());
        }
        final long sessionId = Math.min(SESSIONS, Math.max(1, firstSession - 1 + random.nextInt(4)));
        final int dice = random.nextInt(10);
        final List<Consumer<JuteWriter>> bodies = new ArrayList<>();
        final int opCode = dice < 2 ? OpCode.MULTI : dice < 3 ? setAcl(bodies) : single(bodies);
        if (opCode == OpCode.MULTI)
        {
            for (int i = random.nextInt(PARTS_MAX); i >= 0; i--)
            {
                part(bodies);
            }
            bodies.add(RequestSamples::lastPart);
        }

        return new Request(opCode, sessionId, who, new UnsafeBuffer(RequestSamples.bytes(writer -> bodies.forEach(
            body -> body.accept(writer)))));
    }

    private void part(final List<Consumer<JuteWriter>> bodies)
    {
        final List<Consumer<JuteWriter>> body = new ArrayList<>();
        final int opCode = random.nextInt(5) == 0 ? check(body) : single(body);
        bodies.add(writer -> RequestSamples.part(writer, opCode));
        bodies.addAll(body);
    }

    private int single(final List<Consumer<JuteWriter>> bodies)
    {
        return switch (random.nextInt(8))
        {
            case 0, 1, 2, 3 -> create(bodies);
            case 4, 5 -> delete(bodies);
            default -> setData(bodies);
        };
    }

    private String path()
    {
        final StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--)
        {
            path.append('/').append(NAMES[random.nextInt(NAMES.length)]);
        }

        return random.nextInt(200) == 0 ? "/" : path.toString();
    }

    private int version()
    {
        return random.nextInt(3) == 0 ? random.nextInt(3) : PreparerFixture.ANY_VERSION;
    }

    private int create(final List<Consumer<JuteWriter>> bodies)
    {
        final int mode = MODES[random.nextInt(MODES.length)];
        // Below the root, where they keep no parent from losing its last child: nobody deletes them.
        final String path = CreateMode.isSequential(mode) ? "/s" : path();
        final String data = random.nextInt(5) == 0 ? null : "x".repeat(random.nextInt(5));
        final int opCode = new int[]{ OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER }[random.nextInt(3)];
        bodies.add(writer -> RequestSamples.text(RequestSamples.text(writer, path), data));
        bodies.add(acl());
        bodies.add(writer -> writer.writeInt(mode));

        return opCode;
    }

    private Consumer<JuteWriter> acl()
    {
        final int dice = random.nextInt(12);
        final int perms = random.nextInt(32);

        return switch (dice)
        {
            case 0 -> writer -> RequestSamples.entry(writer.writeInt(1), perms, "digest", ALICE);
            case 1 -> writer -> RequestSamples.entry(writer.writeInt(1), perms | 16, "digest", BOB);
            case 2 -> writer -> RequestSamples.entry(writer.writeInt(1), perms, "world", "anyone");
            case 3 -> writer -> RequestSamples.entry(writer.writeInt(1), perms, "auth", "");
            default -> RequestSamples::openAcl;
        };
    }

    private int delete(final List<Consumer<JuteWriter>> bodies)
    {
        final String path = path();
        final int version = version();
        bodies.add(writer -> RequestSamples.text(writer, path).writeInt(version));

        return OpCode.DELETE;
    }

    private int check(final List<Consumer<JuteWriter>> bodies)
    {
        delete(bodies);

        return OpCode.CHECK;
    }

    private int setData(final List<Consumer<JuteWriter>> bodies)
    {
        final String path = path();
        final int version = version();
        final String data = "y".repeat(random.nextInt(5));
        bodies.add(writer -> RequestSamples.text(RequestSamples.text(writer, path), data).writeInt(version));

        return OpCode.SET_DATA;
    }

    private int setAcl(final List<Consumer<JuteWriter>> bodies)
    {
        final String path = path();
        final int version = version();
        bodies.add(writer -> RequestSamples.text(writer, path));
        bodies.add(acl());
        bodies.add(writer -> writer.writeInt(version));

        return OpCode.SET_ACL;
    }
}
