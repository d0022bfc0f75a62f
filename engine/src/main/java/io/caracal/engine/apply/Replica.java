/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.session.OriginTable;
import io.caracal.engine.session.SessionPasswords;
import io.caracal.engine.session.SessionTable;
import io.caracal.engine.tree.DataTree;

/**
 * This server's copy of the replicated state. It is what a snapshot contains and what applying a transaction changes.
 */
public final class Replica implements AutoCloseable
{
    private final DataTree tree;
    private final QuotaTable quotas;
    private final SessionTable sessions = new SessionTable();
    private final OriginTable origins = new OriginTable();
    private final SessionPasswords passwords = new SessionPasswords();
    private final OpenRestore restore;
    private long lastAppliedZxid;

    /**
     * Creates a fresh state.
     *
     * @param tree   fresh tree; closed with this.
     * @param quotas limits and usage, which lie in the tree.
     */
    public Replica(final DataTree tree, final QuotaTable quotas)
    {
        this.tree = tree;
        this.quotas = quotas;
        restore = new OpenRestore(tree);
    }

    /**
     * The znodes.
     *
     * @return the tree.
     */
    public DataTree tree()
    {
        return tree;
    }

    /**
     * Limits and usage by subtree; derived from the tree.
     *
     * @return the quotas.
     */
    public QuotaTable quotas()
    {
        return quotas;
    }

    /**
     * All sessions of the ensemble.
     *
     * @return the table.
     */
    public SessionTable sessions()
    {
        return sessions;
    }

    /**
     * The last request of each server that was applied.
     *
     * @return the table.
     */
    public OriginTable origins()
    {
        return origins;
    }

    /**
     * The secret of session passwords.
     *
     * @return passwords; without a secret until the first leader has drawn one.
     */
    public SessionPasswords passwords()
    {
        return passwords;
    }

    /**
     * The restore that is under way, if any.
     *
     * @return the restore; its state tells when there is none.
     */
    public OpenRestore restore()
    {
        return restore;
    }

    /**
     * Zxid of the last transaction that the state contains.
     *
     * @return its zxid.
     */
    public long lastAppliedZxid()
    {
        return lastAppliedZxid;
    }

    /**
     * Records that the state contains a further transaction, or was loaded from a snapshot.
     *
     * @param zxid of the last transaction contained.
     */
    public void lastAppliedZxid(final long zxid)
    {
        lastAppliedZxid = zxid;
    }

    @Override
    public void close()
    {
        restore.close();
        tree.close();
    }
}
