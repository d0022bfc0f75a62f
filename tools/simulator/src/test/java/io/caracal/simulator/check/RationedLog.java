/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import io.caracal.engine.txn.TxnWriter;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** The log of one leader, whose clients may use quotas, and the model tree that it makes. */
final class RationedLog
{
    static final long SESSION = 77;
    private static final long LEADER = 1;
    private static final String QUOTAS = "/zookeeper/quota";
    private static final DirectBuffer OPEN = TestTxns.list(Acl.OPEN);

    final AgreedLog log = new AgreedLog();
    final ModelTree tree = new ModelTree();
    final SessionChecker sessions = new SessionChecker(0, new LeaderNews());
    final ReplyChecker replies = new ReplyChecker(log, tree, sessions);
    private final TxnWriter writer = new TxnWriter(new ExpandableArrayBuffer());
    private long loggedZxid;
    private long appliedZxid;

    RationedLog()
    {
        log.add((txn, appendedNs) -> tree.apply(txn));
        log.add(new QuotaChecker(log, tree));
        log.onStart(LEADER);
        log.onLoaded(LEADER, 0);
    }

    /** The leader proposes and applies a transaction. */
    void agree(final Consumer<TxnWriter> body)
    {
        propose(body);
        apply();
    }

    /** The leader proposes a transaction, which is under way until it is applied. */
    void propose(final Consumer<TxnWriter> body)
    {
        final long zxid = loggedZxid + 1;
        writer.begin(SESSION, 0, LEADER, 1, zxid, -1, 0);
        body.accept(writer);
        final byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        log.onLogged(LEADER, zxid, bytes, 0);
        loggedZxid = zxid;
    }

    /** The leader applies the next transaction. */
    void apply()
    {
        appliedZxid++;
        log.onApplied(LEADER, appliedZxid);
    }

    void create(final String path, final String data)
    {
        agree(body(path, data, 0));
    }

    void createEphemeral(final String path, final String data)
    {
        agree(body(path, data, SESSION));
    }

    /** The creation of the next znode below a parent. All that is under way has to be the same. */
    Consumer<TxnWriter> body(final String path, final String data, final long owner)
    {
        final int creates = tree.now(ModelTree.parentOf(path)).creates() + 1 + (int)(loggedZxid - appliedZxid);

        return to -> to.create(TestTxns.text(path), 0, path.length(), OPEN, 0, OPEN.capacity(), TestTxns.text(data), 0,
            data.length(), owner,
            creates, true);
    }

    void set(final String path, final String data)
    {
        agree(to -> set(to, path, data));
    }

    void set(final TxnWriter to, final String path, final String data)
    {
        to.setData(TestTxns.text(path), 0, path.length(), TestTxns.text(data), 0, data.length(),
            tree.now(path).version() + 1);
    }

    void delete(final String path)
    {
        agree(to -> to.delete(TestTxns.text(path), 0, path.length(), false));
    }

    /** Sets a quota on a path one level below the root or two, whose own parent has the znodes of a quota. */
    void limit(final String path, final String limits)
    {
        create(QUOTAS + path, "");
        create(QUOTAS + path + "/zookeeper_limits", limits);
        create(QUOTAS + path + "/zookeeper_stats", "count=0,bytes=0");
    }

    static String hard(final int count, final int bytes)
    {
        return "count=-1,bytes=-1=;byteHardLimit=" + bytes + ";countHardLimit=" + count;
    }

    String usage(final String path)
    {
        return tree.now(QUOTAS + path + "/zookeeper_stats").data();
    }

    /** A client is answered what the last transaction says. */
    void answer(final Operation operation, final int error)
    {
        operation.outcome = Operation.Outcome.ANSWERED;
        operation.zxid = appliedZxid;
        operation.error = error;
        replies.onReply(operation);
    }

    static Operation operation(final Operation.Kind kind, final String path, final String data)
    {
        final Operation operation = new Operation(kind, path, 1, 1, SESSION, 0);
        operation.data = data;

        return operation;
    }
}
