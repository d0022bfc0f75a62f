/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Checks that each answer agrees with the model at the zxid that the answer carries. For a write, the transaction of
 * that zxid must be the write's own, and the state before it must demand this very outcome. For a read, the answer must
 * show the state at that zxid.
 */
public final class ReplyChecker
{
    private static final String WRITE = "a write is answered by its transaction";
    private static final String OUTCOME = "a write comes out as the state before it demands";
    private static final String READ = "a read shows the state at its zxid";
    private static final String FUTURE = "nobody is told of what is not committed";

    private static final String RESTORED = "no session and no watch outlives the tree that it belongs to";

    private final AgreedLog log;
    private final ModelTree tree;
    private final SessionChecker sessions;

    private final QuotaChecker quotas;

    /** The state that the request being checked has met, and what the parts of a multi seen so far make of it. */
    private final Draft draft;

    /**
     * Creates a checker.
     *
     * @param log      agreed transactions.
     * @param tree     built from them.
     * @param sessions knows which sessions live.
     */
    public ReplyChecker(final AgreedLog log, final ModelTree tree, final SessionChecker sessions)
    {
        this.log = log;
        this.tree = tree;
        this.sessions = sessions;
        quotas = new QuotaChecker(log, tree);
        draft = new Draft(tree);
    }

    /**
     * A client received an answer.
     *
     * @param operation with its answer.
     */
    public void onReply(final Operation operation)
    {
        Violation.unless(operation.zxid <= log.lastAgreedZxid(), FUTURE, () -> operation.toString());
        unless(!sessions.isOfAnotherTree(operation.sessionId, operation.zxid), RESTORED, operation, () -> "");

        switch (operation.kind)
        {
            case CREATE, DELETE, SET_DATA, SET_ACL, MULTI -> checkWrite(operation);
            case GET_DATA -> checkData(operation);
            case EXISTS -> checkExists(operation);
            case GET_CHILDREN -> checkChildren(operation);
            case GET_ACL -> checkAcl(operation);
            case MULTI_READ -> checkReads(operation);
            case GET_EPHEMERALS -> checkEphemerals(operation);
            case CHECK_WATCHES, REMOVE_WATCHES -> {
                // Shows no znode; WatchChecker knows the watches.
            }
            case SYNC, ADD_WATCH, SET_WATCHES, CLOSE_SESSION, CHECK -> unless(operation.error == 0, READ, operation,
                () -> "");
        }
    }

    private void checkWrite(final Operation operation)
    {
        if (operation.error == Operation.SYSTEM_ERROR)
        {
            return;
        }

        final Txn txn = log.find(operation.zxid);
        unless(txn != null && isOf(txn, operation), WRITE, operation, () -> String.valueOf(txn));

        if (operation.error == Operation.SESSION_EXPIRED)
        {
            unless(sessions.isOverBefore(operation.sessionId, operation.zxid), OUTCOME, operation,
                () -> "the session lives");
            return;
        }

        draft.before(operation.zxid);

        if (operation.kind == Operation.Kind.MULTI)
        {
            checkMulti(operation, txn);
        }
        else
        {
            final int demanded = demanded(operation, operation.zxid);
            unless(demanded == operation.error && demanded == txn.error(), ruleOf(demanded, txn.error()), operation,
                () -> "demanded " + demanded + " at " + Violation.zxid(log.preparedAt(operation.zxid)));

            if (operation.error == 0)
            {
                checkResult(operation, operation, txn.parts().get(0));
            }
        }
    }

    private void checkMulti(final Operation operation, final Txn txn)
    {
        int firstRefused = -1;
        int refusal = 0;

        for (int i = 0; i < operation.parts.size() && refusal == 0; i++)
        {
            refusal = demandedInMulti(operation.parts.get(i), operation.zxid);
            firstRefused = refusal == 0 ? -1 : i;
        }

        final int failedPart = firstRefused;
        final int code = refusal;
        unless(txn.failedPart() == failedPart && txn.error() == code, ruleOf(code, txn.error()), operation,
            () -> "demanded " + code + " of part " + failedPart + ", is " + txn);
        checkPartErrors(operation, failedPart, code);
    }

    private static void checkPartErrors(final Operation operation, final int failedPart, final int code)
    {
        final Supplier<String> answered = () -> "parts answered: " + operation.partErrors;
        unless(operation.partErrors.size() == operation.parts.size(), OUTCOME, operation, answered);

        for (int i = 0; i < operation.parts.size(); i++)
        {
            final int expected = failedPart < 0 || i < failedPart ? 0 : i == failedPart ? code :
                Operation.RUNTIME_INCONSISTENCY;
            unless(operation.partErrors.get(i) == expected, OUTCOME, operation, answered);
        }
    }

    private static String ruleOf(final int demanded, final int error)
    {
        return demanded == Operation.QUOTA_EXCEEDED || error == Operation.QUOTA_EXCEEDED ? QuotaChecker.REFUSAL :
            OUTCOME;
    }

    /** Like {@link #demanded}. Adds the effect of the part for those behind it. */
    private int demandedInMulti(final Operation part, final long zxid)
    {
        final int code = demanded(part, zxid);

        if (code == 0)
        {
            draft.add(effectOf(part));
        }

        return code;
    }

    private Txn.Part effectOf(final Operation part)
    {
        return switch (part.kind)
        {
            case CREATE -> new Txn.Part(Txn.Change.CREATE, createdPath(part), part.data, owner(part),
                draft.at(ModelTree.parentOf(part.path)).creates() + 1, AccessRules.storedBy(part));
            case DELETE -> new Txn.Part(Txn.Change.DELETE, part.path, null, 0, 0);
            case SET_DATA -> new Txn.Part(Txn.Change.SET_DATA, part.path, part.data, 0,
                draft.at(part.path).version() + 1);
            default -> new Txn.Part(Txn.Change.CHECK, "", null, 0, 0);
        };
    }

    /** The error code that a request must get in the state that it has met, or 0 for success. */
    private int demanded(final Operation operation, final long zxid)
    {
        final int refusal = AccessRules.refusalOf(operation, draft::at);

        return refusal == 0 ? demandedOfPermitted(operation, zxid) : refusal;
    }

    private int demandedOfPermitted(final Operation operation, final long zxid)
    {
        final Znode znode = draft.at(operation.path);
        final boolean isVersionRight = znode == null || operation.version == Operation.ANY_VERSION ||
            znode.version() == operation.version;

        return switch (operation.kind)
        {
            case CREATE -> demandedOfCreate(operation, zxid);
            case DELETE -> znode == null ? Operation.NO_NODE : !isVersionRight ? Operation.BAD_VERSION :
                znode.childCount() > 0 ? Operation.NOT_EMPTY : 0;
            case SET_DATA -> znode == null ? Operation.NO_NODE : quotas.forbidsToSet(operation.path, znode.data(),
                operation.data, zxid) ? Operation.QUOTA_EXCEEDED : !isVersionRight ? Operation.BAD_VERSION : 0;
            case CHECK -> znode == null ? Operation.NO_NODE : !isVersionRight ? Operation.BAD_VERSION : 0;
            case SET_ACL -> znode == null ? Operation.NO_NODE : operation.version == Operation.ANY_VERSION ||
                operation.version == znode.aversion() ? 0 : Operation.BAD_VERSION;
            default -> throw new IllegalArgumentException(operation.toString());
        };
    }

    private int demandedOfCreate(final Operation operation, final long zxid)
    {
        final Znode parent = draft.at(ModelTree.parentOf(operation.path));

        if (parent == null)
        {
            return Operation.NO_NODE;
        }

        final String path = createdPath(operation);

        return draft.at(path) != null ? Operation.NODE_EXISTS : parent.isEphemeral() ?
            Operation.NO_CHILDREN_FOR_EPHEMERALS : quotas.forbidsToCreate(path, operation.data, zxid) ?
                Operation.QUOTA_EXCEEDED : 0;
    }

    private String createdPath(final Operation create)
    {
        return create.isSequential ? create.path + suffix(draft.at(ModelTree.parentOf(create.path)).creates()) :
            create.path;
    }

    private static String suffix(final int creates)
    {
        final String digits = String.valueOf(creates);

        return "0".repeat(10 - digits.length()) + digits;
    }

    private static long owner(final Operation create)
    {
        return create.isContainer ? Owner.CONTAINER : create.ttlMs > 0 ? Owner.ofTtl(create.ttlMs) :
            create.isEphemeral ? create.sessionId : Owner.NOBODY;
    }

    private void checkResult(final Operation answered, final Operation operation, final Txn.Part part)
    {
        if (operation.kind == Operation.Kind.CREATE)
        {
            unless(part.path().equals(answered.resultPath), OUTCOME, answered,
                () -> "is told of " + answered.resultPath);
            unless(part.owner() == owner(operation), OUTCOME, answered, () -> "owner " + part.owner());
        }

        if (operation.kind != Operation.Kind.DELETE)
        {
            checkStat(answered, part.path(), OUTCOME);
        }
    }

    private void checkData(final Operation operation)
    {
        final Znode znode = tree.at(operation.path, operation.zxid);

        if (isShown(operation, znode))
        {
            final String rule = QuotaModel.isUsage(operation.path) ? QuotaChecker.USAGE : READ;
            unless(znode.data().equals(operation.resultData), rule, operation, () -> "is told " + operation.resultData +
                ", state is " + znode);
            checkStat(operation, operation.path, READ);
        }
    }

    private void checkExists(final Operation operation)
    {
        final Znode znode = tree.at(operation.path, operation.zxid);

        if (isShown(operation, znode))
        {
            checkStat(operation, operation.path, READ);
        }
    }

    private void checkChildren(final Operation operation)
    {
        final Znode znode = tree.at(operation.path, operation.zxid);

        if (isShown(operation, znode))
        {
            final var names = tree.childrenAt(operation.path, operation.zxid);
            unless(names.equals(new TreeSet<>(operation.children)) && names.size() == operation.children.size(), READ,
                operation, () -> "is told " + operation.children + ", state is " + names);
        }
    }

    private void checkReads(final Operation operation)
    {
        unless(operation.error == 0 && operation.partErrors.size() == operation.parts.size(), READ, operation,
            () -> "parts answered: " + operation.partErrors);
        for (final Operation part : operation.parts)
        {
            if (part.kind == Operation.Kind.GET_DATA)
            {
                checkData(part);
            }
            else
            {
                checkChildren(part);
            }
        }
    }

    private void checkEphemerals(final Operation operation)
    {
        final var paths = tree.ephemeralsAt(operation.sessionId, operation.path, operation.zxid);
        unless(operation.error == 0 && paths.equals(new TreeSet<>(operation.children)) &&
            paths.size() == operation.children.size(), READ, operation,
            () -> "is told " + operation.children + ", state is " + paths);
    }

    private void checkAcl(final Operation operation)
    {
        final Znode znode = tree.at(operation.path, operation.zxid);

        if (isShown(operation, znode))
        {
            final Acl acl = znode.acl().permits(Acl.ADMIN, operation.who) ? znode.acl() : znode.acl().masked();
            unless(acl.equals(operation.resultAcl), READ, operation,
                () -> "is told " + operation.resultAcl + ", state is " +
                    acl);
            checkStat(operation, operation.path, READ);
        }
    }

    /** Checks the error of a read, and returns whether it must show the znode. */
    private boolean isShown(final Operation operation, final Znode znode)
    {
        final int demanded = znode == null ? Operation.NO_NODE : AccessRules.refusalOf(operation, path -> znode);
        unless(operation.error == demanded, READ, operation, () -> "demanded " + demanded + ", state is " + znode);

        return demanded == 0;
    }

    private void checkStat(final Operation operation, final String path, final String rule)
    {
        final Stat stat = tree.at(path, operation.zxid).stat();
        unless(operation.stat == null || stat.equals(operation.stat), rule, operation,
            () -> "is shown " + operation.stat +
                ", state is " + stat);
    }

    /** Whether a transaction can be the result of a request. */
    static boolean isOf(final Txn txn, final Operation operation)
    {
        if (txn.sessionId() != operation.sessionId)
        {
            return false;
        }

        return switch (txn.kind())
        {
            case CHANGE -> isPartOf(txn.parts().get(0), operation);
            case MULTI -> operation.kind == Operation.Kind.MULTI && txn.partCount() == operation.parts.size() &&
                arePartsOf(txn, operation);
            case ERROR -> operation.kind != Operation.Kind.MULTI;
            case MULTI_ERROR -> operation.kind == Operation.Kind.MULTI && txn.partCount() == operation.parts.size();
            case CREATE_SESSION, CLOSE_SESSION, MOVE_SESSION, SECRET, RESTORE, RESTORED -> false;
        };
    }

    private static boolean arePartsOf(final Txn txn, final Operation operation)
    {
        boolean areAll = true;

        for (int i = 0; i < operation.parts.size(); i++)
        {
            areAll &= isPartOf(txn.parts().get(i), operation.parts.get(i));
        }

        return areAll;
    }

    private static boolean isPartOf(final Txn.Part part, final Operation operation)
    {
        return switch (part.change())
        {
            case CREATE -> operation.kind == Operation.Kind.CREATE && operation.data.equals(part.data()) &&
                (operation.isSequential ? part.path().startsWith(operation.path) :
                    part.path().equals(operation.path)) &&
                part.acl().equals(AccessRules.storedBy(operation));
            case DELETE -> operation.kind == Operation.Kind.DELETE && part.path().equals(operation.path);
            case SET_DATA -> operation.kind == Operation.Kind.SET_DATA && part.path().equals(operation.path) &&
                operation.data.equals(part.data());
            case CHECK -> operation.kind == Operation.Kind.CHECK;
            case SET_ACL -> operation.kind == Operation.Kind.SET_ACL && part.path().equals(operation.path) &&
                part.acl().equals(AccessRules.storedBy(operation));
        };
    }

    private static void unless(final boolean holds, final String rule, final Operation operation,
        final Supplier<String> what)
    {
        if (!holds)
        {
            throw new Violation(rule, operation + ", " + what.get());
        }
    }
}
