/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.ArrayDeque;
import java.util.TreeMap;

/**
 * Checks sessions as the agreed transactions make them. A session lives once, belongs to one server at a time, acts
 * only while it lives, and does not expire while a server hears its client.
 */
public final class SessionChecker implements AgreedLog.Listener
{
    private static final String LIFE = "a session acts while it lives";
    private static final String OWNER = "a session acts through the server that it moved to last";
    private static final String EXPIRY = "a session whose client was heard in time does not expire";
    private static final String PUNCTUAL = "a session whose client is always heard in time never expires";
    private static final String BACK = "a client is not taken back long after its session has expired";
    private static final String ANSWERED = "what a client asks long after its session has expired is not answered";
    private static final int EXCHANGES_MAX = 256;

    private final TreeMap<Long, Life> sessions = new TreeMap<>();
    private final long reportNs;
    private long nowNs;
    private long expiredCount;

    /** A request that was answered. */
    private record Exchange(long sentNs, long receivedNs)
    {
    }

    /** One session. */
    private static final class Life
    {
        private final ArrayDeque<Exchange> exchanges = new ArrayDeque<>();
        private long timeoutNs;
        private long owner;
        private long attachNumber;
        private long closedZxid;
        private long expiredNs = Long.MAX_VALUE / 2;
        private long restoredZxid;
        private boolean isEndAsked;
    }

    /**
     * Creates a checker without sessions.
     *
     * @param reportNs time within which a leader either learns of a client's signs of life from the server that
     *                 received them, or notices that it does not hear that server at all.
     */
    public SessionChecker(final long reportNs)
    {
        this.reportNs = reportNs;
    }

    /**
     * Sets the time at which the next transactions are agreed.
     *
     * @param newNowNs true time.
     */
    public void time(final long newNowNs)
    {
        nowNs = newNowNs;
    }

    /**
     * A client was told that it has its session back.
     *
     * @param sessionId of the session.
     * @param saidNs    true time at which the server said so.
     */
    public void onTakenBack(final long sessionId, final long saidNs)
    {
        final Life life = sessions.get(sessionId);
        Violation.unless(life != null && saidNs <= life.expiredNs + reportNs, BACK, "session 0x" +
            Long.toHexString(sessionId) + " at " + saidNs + " ns");
    }

    /**
     * A client received an answer to a request of its own.
     *
     * @param sessionId of its session.
     * @param sentNs    when the client sent the request.
     */
    public void onAnswered(final long sessionId, final long sentNs)
    {
        final Life life = sessions.get(sessionId);
        Violation.unless(life == null || sentNs <= life.expiredNs + reportNs, ANSWERED, "session 0x" +
            Long.toHexString(sessionId) + " asked at " + sentNs + " ns");
    }

    /**
     * A client received an answer.
     *
     * @param sessionId  of its session.
     * @param timeoutNs  of the session, as last granted.
     * @param sentNs     when the client sent the request.
     * @param receivedNs when the answer arrived.
     */
    public void onExchange(final long sessionId, final long timeoutNs, final long sentNs, final long receivedNs)
    {
        final Life life = sessions.get(sessionId);
        Violation.unless(life != null, LIFE, "an answer to session " + sessionId + " that never began");
        life.timeoutNs = Math.max(life.timeoutNs, timeoutNs);
        life.exchanges.addLast(new Exchange(sentNs, receivedNs));

        if (life.exchanges.size() > EXCHANGES_MAX)
        {
            life.exchanges.removeFirst();
        }
    }

    /**
     * A client asks to end its session.
     *
     * @param sessionId of the session.
     */
    public void onEndAsked(final long sessionId)
    {
        sessions.get(sessionId).isEndAsked = true;
    }

    /**
     * A client was told that its session is over.
     *
     * @param sessionId of the session.
     */
    public void onToldOfEnd(final long sessionId)
    {
        Violation.unless(!isLive(sessionId), LIFE, "a client is told that session 0x" + Long.toHexString(sessionId) +
            " is over, and it lives");
    }

    @Override
    public void onAgreed(final Txn txn, final long appendedNs)
    {
        switch (txn.kind())
        {
            case CREATE_SESSION -> begin(txn);
            case CLOSE_SESSION -> end(txn, appendedNs);
            case MOVE_SESSION -> move(txn);
            case CHANGE, MULTI -> act(txn);
            case RESTORED -> endAll(txn.zxid());
            case ERROR, MULTI_ERROR, SECRET, RESTORE -> {
                // Changes nothing.
            }
        }
    }

    private void endAll(final long zxid)
    {
        sessions.values().stream().filter(life -> life.closedZxid == 0).forEach(life ->
        {
            life.closedZxid = zxid;
            life.restoredZxid = zxid;
        });
    }

    /**
     * Whether a state is that of a restored tree, to which a session does not belong.
     *
     * @param sessionId of the session.
     * @param zxid      of the state.
     * @return true from the zxid of the restore that ended the session.
     */
    boolean isOfAnotherTree(final long sessionId, final long zxid)
    {
        final Life life = sessions.get(sessionId);

        return life != null && life.restoredZxid != 0 && zxid >= life.restoredZxid;
    }

    private void begin(final Txn txn)
    {
        Violation.unless(!sessions.containsKey(txn.sessionId()), LIFE, name(txn) + " begins twice");
        final Life life = new Life();
        life.timeoutNs = txn.number() * 1_000_000;
        life.owner = txn.origin().server();
        sessions.put(txn.sessionId(), life);
    }

    private void end(final Txn txn, final long appendedNs)
    {
        final Life life = sessions.get(txn.sessionId());
        Violation.unless(life != null, LIFE, name(txn) + " ends and never began");

        if (life.closedZxid != 0)
        {
            return;
        }

        life.closedZxid = txn.zxid();
        Violation.unless(txn.number() != 0 || life.isEndAsked, LIFE, name(txn) +
            " ends, and neither has it expired nor has its client asked for that");

        if (txn.number() != 0)
        {
            expiredCount++;
            life.expiredNs = nowNs;
            life.exchanges.forEach(exchange -> Violation.unless(exchange.sentNs <= appendedNs - life.timeoutNs ||
                exchange.receivedNs > appendedNs - reportNs, EXPIRY, expiry(txn, life, exchange, appendedNs)));
            checkPunctuality(txn, life, appendedNs);
        }
    }

    /**
     * Checks that a client which always sent in time did not lose its session. Such a client is safe up to the last
     * moment, as long as its server and the leader hear each other, because the leader asks that server once the time
     * is up. If they do not hear each other, the leader may count from the last time at which they did.
     */
    private void checkPunctuality(final Txn txn, final Life life, final long appendedNs)
    {
        Exchange last = null;
        long doubtfulUntilNs = 0;

        for (final Exchange exchange : life.exchanges)
        {
            final boolean isInTime = last == null || exchange.receivedNs - last.sentNs <= life.timeoutNs;
            doubtfulUntilNs = isInTime ? doubtfulUntilNs : exchange.receivedNs + reportNs;
            Violation.unless(last == null || exchange.receivedNs < doubtfulUntilNs ||
                exchange.receivedNs > appendedNs ||
                exchange.sentNs <= appendedNs - life.timeoutNs + reportNs, PUNCTUAL,
                expiry(txn, life, exchange, appendedNs));
            last = exchange;
        }
    }

    private static String expiry(final Txn txn, final Life life, final Exchange exchange, final long appendedNs)
    {
        return name(txn) + " expires at " + appendedNs + " ns after an exchange from " + exchange.sentNs + " to " +
            exchange.receivedNs + " ns with a time-out of " + life.timeoutNs;
    }

    private void move(final Txn txn)
    {
        final Life life = sessions.get(txn.sessionId());

        if (life != null && life.closedZxid == 0)
        {
            Violation.unless(txn.number() > life.attachNumber, OWNER, name(txn) + " moves with attach number " +
                txn.number() + " after " + life.attachNumber);
            life.owner = txn.origin().server();
            life.attachNumber = txn.number();
        }
    }

    private void act(final Txn txn)
    {
        if (txn.sessionId() == 0)
        {
            return;
        }

        final Life life = sessions.get(txn.sessionId());
        Violation.unless(life != null && life.closedZxid == 0, LIFE, name(txn) + " changes something");
        Violation.unless(txn.origin().server() == life.owner, OWNER, name(txn) + " acts through server " + txn.origin()
            .server() + " and is at server " + life.owner);
        txn.parts().forEach(part -> Violation.unless(part.owner() == 0 || txn.sessionId() == part.owner(), LIFE,
            name(txn) + " makes an ephemeral of session " + part.owner()));
    }

    /**
     * Whether a session was ended by a transaction before a given zxid.
     *
     * @param sessionId of the session.
     * @param zxid      to compare with.
     * @return false also for a session that never began.
     */
    boolean isOverBefore(final long sessionId, final long zxid)
    {
        final Life life = sessions.get(sessionId);

        return life != null && life.closedZxid != 0 && life.closedZxid < zxid;
    }

    /**
     * Whether a session lives.
     *
     * @param sessionId of the session.
     * @return false when it never began or has ended.
     */
    public boolean isLive(final long sessionId)
    {
        final Life life = sessions.get(sessionId);

        return life != null && life.closedZxid == 0;
    }

    /**
     * Number of sessions that have expired.
     *
     * @return zero or more.
     */
    public long expiredCount()
    {
        return expiredCount;
    }

    private static String name(final Txn txn)
    {
        return "session 0x" + Long.toHexString(txn.sessionId()) + " at " + Violation.zxid(txn.zxid());
    }
}
