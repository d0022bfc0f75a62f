/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that each request takes effect at most once, in the order in which its client sent the requests, and that
 * nothing takes effect unasked. New data name the client and the number of the request, which tells most effects apart.
 */
public final class EffectChecker implements AgreedLog.Listener
{
    private static final String RULE = "each request takes effect at most once, in its order";

    /** The mark of a request, which may be followed by dots that make the data longer. */
    private static final Pattern MARK = Pattern.compile("(c\\d+)-(\\d+)\\.*");

    private final Map<String, Integer> lastNumberOf = new HashMap<>();
    private final Map<Txn.Origin, Long> origins = new HashMap<>();
    private final Map<Long, Operation> claims = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final AgreedLog log;
    private final SessionChecker sessions;

    /** Writes of a session whose replies were lost. */
    private static final class Unanswered
    {
        private final List<Operation> inOrder = new ArrayList<>();
        private int next;

        /**
         * Whether a transaction matches a write that was sent after all the writes matched so far. Removes that write.
         */
        private boolean takeNext(final Txn txn)
        {
            while (next < inOrder.size() && !ReplyChecker.isOf(txn, inOrder.get(next)))
            {
                next++;
            }

            return next < inOrder.size() && inOrder.remove(next) != null;
        }

        /** Whether a transaction matches any write that has not been matched yet. Removes that write. */
        private boolean takeAny(final Txn txn)
        {
            next = 0;

            return takeNext(txn);
        }
    }

    /**
     * Creates a checker that has seen no effect yet.
     *
     * @param log      agreed transactions.
     * @param sessions the sessions that they begin and end.
     */
    public EffectChecker(final AgreedLog log, final SessionChecker sessions)
    {
        this.log = log;
        this.sessions = sessions;
    }

    /**
     * Returns the mark that new data of a request carry.
     *
     * @param clientId of the client that sends it.
     * @param number   of the request among those of that client.
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
            Violation.unless(before == null, RULE, () -> txn.origin() + " is applied at " + Violation.zxid(txn.zxid()) +
                " and was at " + (before == null ? "" : Violation.zxid(before)));
        }

        for (final Txn.Part part : txn.parts())
        {
            final Matcher mark = part.data() == null ? null : MARK.matcher(part.data());
            if (mark != null && mark.matches())
            {
                final String client = mark.group(1);
                final int number = Integer.parseInt(mark.group(2));
                final int last = lastNumberOf.getOrDefault(client, -1);
                final String request = client + "-" + number;
                final boolean isFirst = number > last || (number == last && txn.parts().size() > 1);
                Violation.unless(isFirst, RULE, () -> request + " takes effect at " + Violation.zxid(txn.zxid()) +
                    " after request " + last + " of the same client");
                Violation.unless(!refused.contains(request), RULE, () -> request + " takes effect at " +
                    Violation.zxid(txn.zxid()) + " and was refused");
                lastNumberOf.put(client, number);
            }
        }
    }

    /**
     * A client received the answer to a write. The answer carries the zxid of the write, unless it is a system error.
     *
     * @param operation the write with its answer.
     */
    public void onAnswered(final Operation operation)
    {
        if (operation.error == Operation.SYSTEM_ERROR)
        {
            refused.add(mark(operation.clientId, operation.number));
            return;
        }

        final Operation other = claims.putIfAbsent(operation.zxid, operation);
        Violation.unless(other == null, RULE, () -> operation + " was answered with the transaction of " + other);
    }

    /**
     * Checks, once nothing is under way any more, that a client asked for every transaction. Writes whose replies were
     * lost must have taken effect in the order in which they were sent.
     *
     * @param operations of all clients, in the order in which they were sent.
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
                Violation.unless(isAsked(txn, ofSession), RULE, () -> "nobody asked for " + txn + ", or not again");
            }
        }
    }

    /**
     * Whether a client asked for a transaction whose reply it did not receive. A request may reach the leader late,
     * after its client has gone from the server that took it to another one. While the session lives, no transaction is
     * made of such a request. After the end of the session the request is refused; this has no effect and may come
     * after later requests.
     */
    private boolean isAsked(final Txn txn, final Unanswered unanswered)
    {
        return txn.error() != Operation.SESSION_EXPIRED ? unanswered.takeNext(txn) :
            sessions.isOverBefore(txn.sessionId(), txn.zxid()) && unanswered.takeAny(txn);
    }
}
