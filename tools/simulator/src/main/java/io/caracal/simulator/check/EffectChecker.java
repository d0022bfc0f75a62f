/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Each request takes effect at most once, in the order in which its client asked, and only what was asked takes effect.
 * New data bear the client and the number of the request, so most effects can be told apart by what they leave.
 */
public final class EffectChecker implements AgreedLog.Listener
{
    private static final String RULE = "each request takes effect at most once, in its order";

    private final Map<String, Integer> lastNumberOf = new HashMap<>();
    private final Map<Txn.Origin, Long> origins = new HashMap<>();
    private final Map<Long, Operation> claims = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final AgreedLog log;
    private final SessionChecker sessions;

    /** Writes of a session whose answers were lost. */
    private static final class Unanswered
    {
        private final List<Operation> inOrder = new ArrayList<>();
        private int next;

        /** Whether a transaction is of one that was asked after all that were found in this way before. */
        private boolean takeNext(final Txn txn)
        {
            while (next < inOrder.size() && !ReplyChecker.isOf(txn, inOrder.get(next)))
            {
                next++;
            }

            return next < inOrder.size() && inOrder.remove(next) != null;
        }

        /** Whether a transaction is of one that was not found before. */
        private boolean takeAny(final Txn txn)
        {
            next = 0;

            return takeNext(txn);
        }
    }

    /**
     * Nothing has had effect.
     *
     * @param log      agreed transactions.
     * @param sessions that they begin and end.
     */
    public EffectChecker(final AgreedLog log, final SessionChecker sessions)
    {
        this.log = log;
        this.sessions = sessions;
    }

    /**
     * The mark that new data of a request bear.
     *
     * @param clientId who asks.
     * @param number   the how-manieth thing.
     * @return something like {@code c4-17}.
     */
    public static String mark(final int clientId, final int number)
    {
        return "c" + clientId + "-" + number;
    }

    @Override
    public void onAgreed(final Txn txn, final long appendedNs)
    {
        if (txn.origin().sequence() != 0)
        {
            final Long before = origins.putIfAbsent(txn.origin(), txn.zxid());
            Violation.unless(before == null, RULE, txn.origin() + " is applied at " + Violation.zxid(txn.zxid()) +
                " and was at " + (before == null ? "" : Violation.zxid(before)));
        }

        for (final Txn.Part part : txn.parts())
        {
            if (part.data() != null && part.data().startsWith("c"))
            {
                final int dash = part.data().indexOf('-');
                final String client = part.data().substring(0, dash);
                final int number = Integer.parseInt(part.data().substring(dash + 1));
                final int last = lastNumberOf.getOrDefault(client, -1);
                final boolean isFirst = number > last || (number == last && txn.parts().size() > 1);
                Violation.unless(isFirst, RULE, part.data() + " takes effect at " + Violation.zxid(txn.zxid()) +
                    " after request " + last + " of the same client");
                Violation.unless(!refused.contains(part.data()), RULE, part.data() + " takes effect at " + Violation
                    .zxid(txn.zxid()) + " and was refused");
                lastNumberOf.put(client, number);
            }
        }
    }

    /**
     * A client was told that a write has its place in the order.
     *
     * @param operation the write.
     */
    public void onAnswered(final Operation operation)
    {
        if (operation.error == Operation.SYSTEM_ERROR)
        {
            refused.add(mark(operation.clientId, operation.number));
            return;
        }

        final Operation other = claims.putIfAbsent(operation.zxid, operation);
        Violation.unless(other == null, RULE, operation + " was answered with the transaction of " + other);
    }

    /**
     * Nothing is under way any more: every transaction must have been asked for, those whose answers were lost in the
     * order in which they were asked.
     *
     * @param operations of all clients, in the order in which they were asked.
     */
    public void onEnd(final List<Operation> operations)
    {
        final Map<Long, Unanswered> unanswered = new HashMap<>();

        for (final Operation operation : operations)
        {
            if (operation.kind.isWrite() && !operation.isAnswered())
            {
                unanswered.computeIfAbsent(operation.sessionId, key -> new Unanswered()).inOrder.add(operation);
            }
        }

        for (final Txn txn : log.agreed())
        {
            if (txn.isWrite() && !claims.containsKey(txn.zxid()))
            {
                final Unanswered ofSession = unanswered.getOrDefault(txn.sessionId(), new Unanswered());
                Violation.unless(isAsked(txn, ofSession), RULE, "nobody asked for " + txn + ", or not again");
            }
        }
    }

    /**
     * Whether a client asked for a transaction that it was not told of. What a server took from a client that then went
     * to another one may reach the leader late. While the session lives nothing is made of that; once it is over, it is
     * refused, without effect and after requests that came later.
     */
    private boolean isAsked(final Txn txn, final Unanswered unanswered)
    {
        return txn.error() != Operation.SESSION_EXPIRED ? unanswered.takeNext(txn) :
            sessions.isOverBefore(txn.sessionId(), txn.zxid()) && unanswered.takeAny(txn);
    }
}
