/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.List;

/**
 * Checks what quotas refuse and what they let through. Limits and usage are those of the state that the leader had
 * applied when it prepared the request, as in ZooKeeper. So requests under way together, and the parts of a multi, may
 * exceed a limit together. How long the data of a znode were before is told by the state right before the request.
 */
public final class QuotaChecker implements AgreedLog.Listener
{
    /** What a client is told of a refusal, or of success, as well as what the servers agree on. */
    static final String REFUSAL = "a quota refuses what goes beyond it, and nothing else";
    /** What a client reads. */
    static final String USAGE = "the usage of a quota is what the tree holds";

    private final AgreedLog log;
    private final QuotaModel quotas;
    private final Draft draft;

    /**
     * Creates a checker.
     *
     * @param log  agreed transactions.
     * @param tree built from them.
     */
    public QuotaChecker(final AgreedLog log, final ModelTree tree)
    {
        this.log = log;
        quotas = new QuotaModel(tree);
        draft = new Draft(tree);
    }

    /** Checks a transaction, whether or not the client hears of it. The tree has applied it. */
    @Override
    public void onAgreed(final Txn txn, final long appendedNs)
    {
        draft.before(txn.zxid());
        for (final Txn.Part part : txn.sessionId() == 0 ? List.<Txn.Part>of() : txn.parts())
        {
            Violation.unless(!isForbidden(part, txn.zxid()), REFUSAL, () -> part.path() + " is changed by " + txn +
                ", prepared at " + Violation.zxid(log.preparedAt(txn.zxid())));
            draft.add(part);
        }
    }

    private boolean isForbidden(final Txn.Part part, final long zxid)
    {
        return switch (part.change())
        {
            case CREATE -> forbidsToCreate(part.path(), part.data(), zxid);
            case SET_DATA -> forbidsToSet(part.path(), draft.at(part.path()).data(), part.data(), zxid);
            case DELETE, SET_ACL, CHECK -> false;
        };
    }

    /** Whether a znode must not be created by the transaction of a zxid. */
    boolean forbidsToCreate(final String path, final String data, final long zxid)
    {
        return quotas.forbids(path, 1, null, data, log.preparedAt(zxid));
    }

    /** Whether data must not be replaced by the transaction of a zxid. */
    boolean forbidsToSet(final String path, final String before, final String data, final long zxid)
    {
        return quotas.forbids(path, 0, before, data, log.preparedAt(zxid));
    }
}
