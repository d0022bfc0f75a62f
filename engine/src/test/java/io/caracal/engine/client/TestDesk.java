/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.caracal.engine.CycleLimits;
import io.caracal.engine.SeededRandom;
import io.caracal.engine.acl.AclSettings;
import io.caracal.engine.acl.AuthEnforcement;
import io.caracal.engine.apply.Outcome;
import io.caracal.engine.apply.Replica;
import io.caracal.engine.apply.TxnApplier;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.record.codec.MessageHeaderDecoder;
import io.caracal.engine.record.codec.RequestRecordDecoder;
import io.caracal.engine.throttle.ThrottleSettings;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.TreeOptions;
import io.caracal.engine.txn.TxnWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The client side of one server. The test plays its role, its clients, and the leader whose transactions it applies.
 */
final class TestDesk implements AutoCloseable
{
    static final long SERVER = 1;
    static final long OTHER_SERVER = 2;
    static final long INCARNATION = 5;
    static final int OUTSTANDING_MAX = 8;
    static final ClientLimits LIMITS = new ClientLimits(1000, 9000, OUTSTANDING_MAX, 16, -1, 0, 100_000, 1 << 20);
    private static final UnsafeBuffer OPEN_ACL = worldAcl(Perms.ALL);
    private static final UnsafeBuffer UNREADABLE_ACL = worldAcl(Perms.ALL & ~Perms.READ);
    private static final UnsafeBuffer NO_DATA = new UnsafeBuffer(new byte[0]);

    final ScriptedClients port = new ScriptedClients();
    final Replica replica;
    final ClientDesk desk;
    ScriptedRole role = new ScriptedRole();
    /** What the throttle's bucket lacked after each admitted handshake. */
    final List<Long> tokenDeficits = new ArrayList<>();
    /** Sessions of the requests whose records the sink received, if it wants any. */
    final List<Long> recordedSessions = new ArrayList<>();
    boolean wantsRecords;
    private final TxnApplier applier;
    private final TxnWriter txn = new TxnWriter(new ExpandableArrayBuffer());
    private long lastSessionId = 100;

    TestDesk(final MemoryLedger ledger)
    {
        final DataTree tree = new DataTree(ledger, new TreeOptions(7, true, new EphemeralOwner(true, false)));
        replica = new Replica(tree, new QuotaTable(tree, false));
        replica.passwords().secret(new byte[32]);
        final EventSink events = new EventSink()
        {
            @Override
            public void onHandshakeAdmitted(final long tokenDeficit)
            {
                tokenDeficits.add(tokenDeficit);
            }

            @Override
            public int recordBodyMax(final int opCode, final long arrivalNs)
            {
                return wantsRecords ? Integer.MAX_VALUE : -1;
            }

            @Override
            public void onRecord(final DirectBuffer buffer, final int offset, final int length)
            {
                recordedSessions.add(new RequestRecordDecoder().wrapAndApplyHeader(buffer, offset,
                    new MessageHeaderDecoder()).sessionId());
            }
        };
        desk = new ClientDesk(port, events, ledger, replica,
            new ClientDesk.Settings(LIMITS,
                AclSettings.defaults(), AuthEnforcement.none(), ThrottleSettings.defaults()),
            CycleLimits.DEFAULT, new SeededRandom(1), SERVER, role);
        applier = new TxnApplier(replica, desk.txnEvents());
        desk.incarnation(INCARNATION);
        desk.resend(role);
    }

    /** The leader answers a sync and is certain to be the leader. */
    void synced(final long syncId, final long zxid)
    {
        desk.onSynced(syncId, zxid);
        desk.answerDue();
    }

    /** The leader answers a request without a transaction and is certain to be the leader. */
    void failed(final long sequence, final int errorCode)
    {
        desk.onRequestFailed(sequence, errorCode);
        desk.answerDue();
    }

    /** The leader is lost; the server is not established until further notice. */
    void loseLeader()
    {
        role = new ScriptedRole();
        role.isServing = false;
        desk.role(role);
    }

    /** The role is established, and everything that waited has been sent again. */
    void establish()
    {
        role.isServing = true;
        desk.resend(role);
        assertFalse(desk.awaitsRole(), "requests left to send again");
        desk.answerDue();
        cycle();
    }

    void cycle()
    {
        desk.time(0, 0);
        desk.resumeRefused(true);
        desk.poll();
    }

    /** Returns a client with a session of this server. */
    Client client()
    {
        final Client client = new Client(++lastSessionId);
        client.send(Frames.handshake(0, 5000, 0, new byte[16]));
        final List<String> asked = role.asked();
        final long sequence = Long.parseLong(asked.get(asked.size() - 1).split(" ", -1)[1]);
        apply(SERVER, INCARNATION, sequence, client.sessionId, body -> body.createSession(5000));
        assertEquals(client.sessionId, Frames.sessionId(port.received(client.id).get(0)));
        role.touched();
        return client;
    }

    /** Returns a session that another server holds. */
    long sessionElsewhere()
    {
        apply(OTHER_SERVER, 1, nextElsewhere(), ++lastSessionId, body -> body.createSession(4000));
        return lastSessionId;
    }

    private long elsewhere;

    long nextElsewhere()
    {
        return ++elsewhere;
    }

    /** Returns a client that asks for a session and has none yet. */
    Client asking()
    {
        final Client client = new Client(0);
        client.send(Frames.handshake(0, 5000, 0, new byte[16]));
        return client;
    }

    /** Returns a client that resumes a session. */
    Client resuming(final long sessionId)
    {
        return resuming(sessionId, replica.passwords().password(sessionId));
    }

    /** Returns a client that resumes a session with this password. */
    Client resuming(final long sessionId, final byte[] password)
    {
        final Client client = new Client(sessionId);
        client.send(Frames.handshake(0, 6000, sessionId, password));
        return client;
    }

    /** The client's end of a connection. */
    final class Client
    {
        final long id = port.connect();
        final long sessionId;

        private Client(final long sessionId)
        {
            this.sessionId = sessionId;
        }

        void send(final byte[] frame)
        {
            port.send(id, frame);
            cycle();
        }

        List<String> replies()
        {
            return port.received(id).stream().map(Frames::describe).toList();
        }

        List<byte[]> frames()
        {
            return port.received(id);
        }

        boolean isClosed()
        {
            return port.isClosed(id);
        }

        void vanish()
        {
            port.vanish(id);
            cycle();
        }
    }

    long zxid()
    {
        return replica.lastAppliedZxid();
    }

    void apply(final long server, final long incarnation, final long sequence, final long sessionId,
        final Consumer<TxnWriter> body)
    {
        txn.begin(sessionId, 0, server, incarnation, sequence, Outcome.NO_DIGEST, 0);
        body.accept(txn);
        desk.onApplied(applier.apply(zxid() + 1, txn.buffer(), 0, txn.length()));
    }

    /** Applies a write of one of this server's clients. */
    void applyOwn(final long sequence, final Client client, final Consumer<TxnWriter> body)
    {
        apply(SERVER, INCARNATION, sequence, client.sessionId, body);
    }

    /** Applies a write that came through another server. */
    void applyOther(final Consumer<TxnWriter> body)
    {
        apply(OTHER_SERVER, 1, nextElsewhere(), 0, body);
    }

    static Consumer<TxnWriter> create(final String path)
    {
        return create(path, 0);
    }

    static Consumer<TxnWriter> create(final String path, final long owner)
    {
        return create(path, owner, OPEN_ACL);
    }

    /** Creates a znode that nobody may read. */
    static Consumer<TxnWriter> createUnreadable(final String path)
    {
        return create(path, 0, UNREADABLE_ACL);
    }

    /** Creates a znode that only one digest identity has permissions for. */
    static Consumer<TxnWriter> createFor(final String path, final int perms, final String id)
    {
        return create(path, 0, acl(perms, "digest", id));
    }

    private static Consumer<TxnWriter> create(final String path, final long owner, final UnsafeBuffer acl)
    {
        final UnsafeBuffer bytes = bytes(path);
        return txn -> txn.create(bytes, 0, bytes.capacity(), acl, 0, acl.capacity(), NO_DATA, 0, 0, owner, 1, false);
    }

    static Consumer<TxnWriter> delete(final String path)
    {
        final UnsafeBuffer bytes = bytes(path);
        return txn -> txn.delete(bytes, 0, bytes.capacity(), false);
    }

    static Consumer<TxnWriter> set(final String path, final String value, final int version)
    {
        final UnsafeBuffer at = bytes(path);
        final UnsafeBuffer data = bytes(value);
        return txn -> txn.setData(at, 0, at.capacity(), data, 0, data.capacity(), version);
    }

    private static UnsafeBuffer worldAcl(final int perms)
    {
        return acl(perms, "world", "anyone");
    }

    private static UnsafeBuffer acl(final int perms, final String scheme, final String id)
    {
        return new UnsafeBuffer(ByteBuffer.allocate(16 + scheme.length() + id.length()).putInt(1).putInt(perms)
            .putInt(scheme.length()).put(scheme.getBytes(StandardCharsets.UTF_8)).putInt(id.length())
            .put(id.getBytes(StandardCharsets.UTF_8)).array());
    }

    private static UnsafeBuffer bytes(final String text)
    {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close()
    {
        desk.close();
        replica.close();
    }
}
