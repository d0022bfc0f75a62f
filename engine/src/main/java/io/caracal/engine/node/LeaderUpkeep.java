/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.port.Count;
import io.caracal.engine.prepare.Preparer;
import io.caracal.engine.protocol.ErrorCode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Proposes what an established leader has to propose without a request: the secret of the ensemble, the content of
 * {@code /zookeeper/config}, the ends of sessions whose time is over, and the removal of empty containers and expired
 * TTL znodes. It also gives up restores that have gone silent.
 */
final class LeaderUpkeep
{
    private final Node node;
    private final Proposer proposer;
    private final Preparer preparer;
    private final SessionEnds ends;
    private final LeaderRestore restore;
    private final Reaper reaper;
    private final ConfigNode config;
    private final ZnodeCursor replacement = new Replacement();
    private boolean isSecretProposed;

    LeaderUpkeep(final Node node, final Proposer proposer, final Preparer preparer, final SessionEnds ends,
        final LeaderRestore restore)
    {
        this.node = node;
        this.proposer = proposer;
        this.preparer = preparer;
        this.ends = ends;
        this.restore = restore;
        reaper = new Reaper(node.replica().tree(), node::reaperSettings, this::reap, node.nowNs());
        node.znodeCursors().add(reaper);
        config = new ConfigNode(node, this::proposeConfig);
        node.znodeCursors().add(replacement);
    }

    /**
     * Handles the replacement of the tree: stops watching the old tree's sessions, and checks again what the new tree
     * says about the members.
     */
    private final class Replacement implements ZnodeCursor
    {
        @Override
        public void onDeleting(final long znode)
        {
            // This cursor is never on a znode.
        }

        @Override
        public void onReplacing()
        {
            ends.onReplacing();
            config.lookAgain();
        }
    }

    /** Proposes what is due. Returns work done. */
    int doWork(final long nowNs, final long nowMs)
    {
        int work = 0;
        if (!isSecretProposed && !node.hasSecret())
        {
            isSecretProposed = proposeSecret();
            work++;
        }
        work += restore.doWork();
        work += config.doWork(proposer.nextZxid());
        work += ends.expireSessions();
        work += reaper.doWork(nowNs, nowMs);

        return work;
    }

    /** Proposes the secret that this server was started with. {@link Node#hasSecret} says what waits for it. */
    private boolean proposeSecret()
    {
        proposer.begin(0);
        final UnsafeBuffer secret = new UnsafeBuffer(node.context().sessionSecret());
        proposer.txn().secret(secret, 0, secret.capacity());

        return proposer.propose();
    }

    private boolean proposeConfig(final DirectBuffer path, final int pathLength, final DirectBuffer text,
        final int textLength)
    {
        proposer.begin(0);
        preparer.prepareConfig(path, pathLength, text, textLength);

        return proposer.propose();
    }

    private boolean reap(final DirectBuffer path, final int length)
    {
        proposer.begin(0);
        if (preparer.prepareReaped(path, 0, length) != ErrorCode.OK)
        {
            proposer.drop();
            return true;
        }

        final boolean isProposed = proposer.propose();
        if (isProposed)
        {
            node.events().onCount(Count.ZNODES_REAPED, 1);
        }

        return isProposed;
    }

    /** When something can be due next. */
    long nextDeadlineNs(final long nowNs)
    {
        return Math.min(Math.min(ends.nextDeadlineNs(nowNs), reaper.nextDeadlineNs()), restore.nextDeadlineNs());
    }

    /** The leader no longer leads. */
    void close()
    {
        node.znodeCursors().remove(reaper);
        node.znodeCursors().remove(replacement);
    }
}
