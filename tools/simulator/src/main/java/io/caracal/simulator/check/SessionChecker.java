/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.ArrayDeque;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

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
    private static final String BOUNDED = "the session of a silent client ends soon after its time-out";
    private static final int EXCHANGES_MAX = 256;

    /** Time for the tick of the leader's wheel and for asking the server that holds the session. */
    private static final long LATE_MAX_NS = TimeUnit.SECONDS.toNanos(5);

    private final TreeMap<Long, Life> sessions = new TreeMap<>();
    private final long reportNs;
    private final LeaderNews news;
    private long nowNs;
    private long quietSinceNs;
    private long expiredCount;

    /** A request that was answered. */
    private record Exchange(long sentNs, long receivedNs, int agreement)
    {
    }

    /** One session. */
    private static final class Life
    {
        private final ArrayDeque<Exchange> exchanges = new ArrayDeque<>();
        private final Agreements agreements;
        private long sentNs;
        private long owner;
        private long attachNumber;
        private long closedZxid;
        private long expiredNs = Long.MAX_VALUE / 2;
        private long restoredZxid;
        private boolean isEndAsked;

        private Life(final Agreements agreements)
        {
            this.agreements = agreements;
        }
    }

    /**
     * Creates a checker without sessions.
     *
     * @param reportNs time within which a leader either learns of a client's signs of life from the server that
     *                 received them, or notices that it does not hear that server at all.
     * @param news     tells what leaders know from other servers.
     */
    public SessionChecker(final long reportNs, final LeaderNews news)
    {
        this.reportNs = reportNs;
        this.news = news;
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
     * Servers do not serve, or something else may keep a leader from ending sessions in time.
     *
     * @param atNs true time.
     */
    public void onUnquiet(final long atNs)
    {
        quietSinceNs = atNs;
    }

    /**
     * A client asks to have its session back.
     *
     * @param sessionId of the session.
     * @param timeoutNs that it is to have from now on, if a server agrees.
     * @param sentNs    when the client asks.
     */
    public void onAskedBack(final long sessionId, final long timeoutNs, final long sentNs)
    {
        final Life life = sessions.get(sessionId);
        life.agreements.onAsked(timeoutNs, sentNs);
        life.sentNs = sentNs;
    }

    /**
     * A client was told that it has a session, or has it back.
     *
     * @param sessionId of the session.
     * @param server    that said so.
     * @param timeoutNs that the session has from now on.
     * @param saidNs    true time at which the server said so.
     */
    public void onAgreedWith(final long sessionId, final long server, final long timeoutNs, final long saidNs)
    {
        final Life life = sessions.get(sessionId);
        Violation.unless(life != null && saidNs <= life.expiredNs + reportNs, BACK, () -> "session 0x" +
            Long.toHexString(sessionId) + " at " + saidNs + " ns");
        life.agreements.onTold(server, timeoutNs, saidNs);
    }

    /**
     * A client sends something.
     *
     * @param sessionId of its session.
     * @param sentNs    when it does.
     */
    public void onSent(final long sessionId, final long sentNs)
    {
        sessions.get(sessionId).sentNs = sentNs;
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
        Violation.unless(life == null || sentNs <= life.expiredNs + reportNs, ANSWERED, () -> "session 0x" +
            Long.toHexString(sessionId) + " asked at " + sentNs + " ns");
    }

    /**
     * A client received an answer.
     *
     * @param sessionId  of its session.
     * @param sentNs     when the client sent the request.
     * @param receivedNs when the answer arrived.
     */
    public void onExchange(final long sessionId, final long sentNs, final long receivedNs)
    {
        final Life life = sessions.get(sessionId);
        Violation.unless(life != null, LIFE, () -> "an answer to session " + sessionId + " that never began");
        life.exchanges.addLast(new Exchange(sentNs, receivedNs, life.agreements.current()));

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
        Violation.unless(!isLive(sessionId), LIFE,
            () -> "a client is told that session 0x" + Long.toHexString(sessionId) +
                " is over, and it lives");
    }

    @Override
    public void onAgreed(final Txn txn, final long appendedNs)
    {
        sessions.forEach(this::checkBound);
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
        Violation.unless(!sessions.containsKey(txn.sessionId()), LIFE, () -> name(txn) + " begins twice");
        final Life life = new Life(new Agreements(news, TimeUnit.MILLISECONDS.toNanos(txn.number())));
        life.sentNs = nowNs;
        life.owner = txn.origin().server();
        sessions.put(txn.sessionId(), life);
    }

    private void end(final Txn txn, final long appendedNs)
    {
        final Life life = sessions.get(txn.sessionId());
        Violation.unless(life != null, LIFE, () -> name(txn) + " ends and never began");

        if (life.closedZxid != 0)
        {
            return;
        }

        life.closedZxid = txn.zxid();
        Violation.unless(txn.number() != 0 || life.isEndAsked, LIFE, () -> name(txn) +
            " ends, and neither has it expired nor has its client asked for that");

        if (txn.number() != 0)
        {
            expiredCount++;
            life.expiredNs = nowNs;
            life.exchanges.forEach(exchange -> Violation.unless(exchange.sentNs <= appendedNs -
                promisedNs(txn, life, exchange) || exchange.receivedNs > appendedNs - reportNs, EXPIRY,
                () -> expiry(txn, life, exchange, appendedNs)));
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
            final boolean isInTime = last == null || exchange.receivedNs - last.sentNs <= promisedNs(txn, life, last);
            doubtfulUntilNs = isInTime ? doubtfulUntilNs : exchange.receivedNs + reportNs;
            Violation.unless(last == null || exchange.receivedNs < doubtfulUntilNs ||
                exchange.receivedNs > appendedNs ||
                exchange.sentNs <= appendedNs - promisedNs(txn, life, exchange) + reportNs, PUNCTUAL,
                () -> expiry(txn, life, exchange, appendedNs));
            last = exchange;
        }
    }

    private static String expiry(final Txn txn, final Life life, final Exchange exchange, final long appendedNs)
    {
        return name(txn) + " expires at " + appendedNs + " ns after an exchange from " + exchange.sentNs + " to " +
            exchange.receivedNs + " ns with a time-out of " + promisedNs(txn, life, exchange);
    }

    private static long promisedNs(final Txn txn, final Life life, final Exchange exchange)
    {
        return life.agreements.promisedNs(exchange.agreement, exchange.sentNs, txn.origin().server(),
            txn.zxid() >>> Integer.SIZE);
    }

    /** Checks that a session has not outlived its client's silence, as far as nothing disturbed the servers. */
    private void checkBound(final long sessionId, final Life life)
    {
        if (life.closedZxid != 0)
        {
            return;
        }

        final long sinceNs = Math.max(life.sentNs, quietSinceNs);
        final long permittedNs = life.agreements.permittedNs(quietSinceNs);
        // Looked at for each session at each transaction, so words are made only where they are needed.
        if (nowNs > sinceNs + permittedNs + LATE_MAX_NS)
        {
            throw new Violation(BOUNDED, "session 0x" + Long.toHexString(sessionId) + " lives at " + nowNs +
                " ns, with a time-out of " + permittedNs + " and nothing heard since " + sinceNs);
        }
    }

    private void move(final Txn txn)
    {
        final Life life = sessions.get(txn.sessionId());

        if (life != null && life.closedZxid == 0)
        {
            Violation.unless(txn.number() > life.attachNumber, OWNER, () -> name(txn) + " moves with attach number " +
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
        Violation.unless(life != null && life.closedZxid == 0, LIFE, () -> name(txn) + " changes something");
        Violation.unless(txn.origin().server() == life.owner, OWNER,
            () -> name(txn) + " acts through server " + txn.origin()
                .server() + " and is at server " + life.owner);
        txn.parts()
            .forEach(part -> Violation.unless(!Owner.isSession(part.owner()) || txn.sessionId() == part.owner(), LIFE,
                () -> name(txn) + " makes an ephemeral of session " + part.owner()));
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
