/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Operation;
import io.caracal.simulator.check.Violation;
import io.caracal.simulator.check.WatchEvent;
import java.util.SplittableRandom;

/**
 * A client that behaves like the official library. It keeps a session over many connections, pings, gives up a server
 * that is silent, sets its watches again, and begins a new session when one has ended.
 */
public final class SimulatedSession
{
    private static final long MS = 1_000_000;
    private static final long POLL_NS = MS;
    private static final long IDLE_POLL_NS = 5 * MS;

    /** How long before its time-out a client pings that is set to ping late. */
    private static final long LATE_NS = 40 * MS;

    /** In which time a frame has surely arrived at its server, if the connection still stands then. */
    private static final long ARRIVAL_MAX_NS = 500 * MS;
    private static final long AWAY_MAX_NS = 30_000 * MS;
    private static final int XID_EVENT = -1;
    private static final int XID_PING = -2;
    private static final int PING_OPCODE = 11;
    private static final int PASSWORD_LENGTH = 16;

    private final SplittableRandom random;
    private final ClientNetwork network;
    private final ClientListener listener;
    private final ClientSettings settings;
    private final Wishes wishes;
    private final int clientId;
    private final long[] servers;
    private final KeptWatches watches = new KeptWatches();
    private ClientConnection connection;
    private long sessionId;
    private byte[] password = new byte[PASSWORD_LENGTH];
    private long timeoutNs;
    private int wantedMs;
    private long lastZxid;
    private long nextConnectNs;
    private long nextAskNs;
    private long frozenUntilNs;
    private int serverIndex;
    /** How many handshakes are left until it is back at the server that it has left. */
    private int hopsLeft;
    /** Whether it only pings for a while once it is back. */
    private boolean isBargaining;
    private boolean isAsking = true;

    /**
     * Creates a client that connects at its first duty cycle.
     *
     * @param clientId of the client.
     * @param seed     of its choices.
     * @param settings of its behavior.
     * @param wishes   the operations that it sends.
     * @param network  between clients and servers.
     * @param servers  ids of all servers.
     * @param listener is told what the client sends and receives.
     */
    public SimulatedSession(final int clientId, final long seed, final ClientSettings settings, final Wishes wishes,
        final ClientNetwork network, final long[] servers, final ClientListener listener)
    {
        this.clientId = clientId;
        this.random = new SplittableRandom(seed);
        this.settings = settings;
        this.network = network;
        this.servers = settings.pickFrom(servers, random);
        this.listener = listener;
        this.wishes = wishes;
        this.serverIndex = random.nextInt(this.servers.length);
        this.timeoutNs = settings.timeoutMs() * MS;
        this.wantedMs = settings.timeoutMs();
    }

    /**
     * Sets whether the client sends operations.
     *
     * @param value true to send them.
     */
    public void isAsking(final boolean value)
    {
        isAsking = value;
    }

    /**
     * Whether the client has a connection and a session and awaits no answer.
     *
     * @return true when it does.
     */
    public boolean isContent()
    {
        return connection != null && connection.isOpen && connection.asked.isEmpty() && frozenUntilNs == 0;
    }

    /**
     * Handles what has arrived, and sends what the client wants to send.
     *
     * @param nowNs true time.
     * @return when this is to be called next.
     */
    public long doWork(final long nowNs)
    {
        if (nowNs < frozenUntilNs)
        {
            return frozenUntilNs;
        }

        if (connection == null)
        {
            return nowNs < nextConnectNs ? nextConnectNs : connect(nowNs);
        }

        thaw(nowNs);
        read(nowNs);

        if (connection != null)
        {
            giveUpOrPing(nowNs);
        }

        if (connection != null && connection.isOpen && isAsking)
        {
            ask(nowNs);
        }

        return nowNs + (connection != null && connection.isOpen && connection.asked.isEmpty() ? Math.min(IDLE_POLL_NS,
            Math.max(POLL_NS, nextAskNs - nowNs)) : POLL_NS);
    }

    /** Wakes the client up. It sends its next operation before it hears what has become of its session meanwhile. */
    private void thaw(final long nowNs)
    {
        if (frozenUntilNs != 0)
        {
            frozenUntilNs = 0;

            if (connection.isOpen && isAsking && !isClosing())
            {
                wishes.next(sessionId, nowNs).forEach(operation -> invoke(operation, nowNs));
            }
        }
    }

    private long connect(final long nowNs)
    {
        serverIndex = (serverIndex + 1) % servers.length;
        final ClientWire wire = network.connect(clientId, servers[serverIndex]);

        if (wire == null)
        {
            return later(nowNs);
        }

        connection = new ClientConnection(wire, wishes::credentials, nowNs);
        connection.send(new FrameWriter().int32(0).int64(lastZxid).int32(wantedMs).int64(sessionId)
            .bytes(password).bool(false).frame(), nowNs);
        connection.authenticate(nowNs);
        if (sessionId != 0)
        {
            listener.onAskedBack(sessionId, wantedMs, nowNs);
        }

        return nowNs + POLL_NS;
    }

    private long later(final long nowNs)
    {
        nextConnectNs = nowNs + random.nextLong(settings.reconnectMaxMs() * MS) + MS;

        return nextConnectNs;
    }

    private void read(final long nowNs)
    {
        for (byte[] frame = connection.nextFrame(nowNs); frame != null; frame = connection == null ? null :
            connection.nextFrame(nowNs))
        {
            final FrameReader in = new FrameReader(frame);

            if (connection.isOpen)
            {
                onFrame(in, nowNs);
            }
            else
            {
                onHandshake(in, nowNs);
            }
        }

        if (connection != null && connection.wire.isEnded())
        {
            disconnect("ended by the server", nowNs);
        }
    }

    private void onHandshake(final FrameReader in, final long nowNs)
    {
        in.int32();
        final int grantedMs = in.int32();
        final long grantedId = in.int64();
        final byte[] grantedPassword = in.bytes();

        if (grantedId == 0)
        {
            final long over = sessionId;
            forgetSession();
            listener.onExpired(clientId, over);
            disconnect("session over", nowNs);
            return;
        }

        listener.onConnected(clientId, new Welcome(connection.wire.serverId(), grantedId, sessionId == 0, wantedMs,
            grantedMs, connection.saidNs()));
        sessionId = grantedId;
        password = grantedPassword;
        timeoutNs = grantedMs * MS;
        connection.isOpen = true;
        listener.onExchange(sessionId, connection.beganNs, nowNs);

        if (!watches.isEmpty())
        {
            setWatchesAgain(nowNs);
        }
        if (hopsLeft > 0)
        {
            hop(nowNs);
        }
        nextAskNs = isBargaining ? nowNs + random.nextLong(timeoutNs) : nextAskNs;
        isBargaining = false;
    }

    /** Goes on to the next server on the way back, or rests if it is back. */
    private void hop(final long nowNs)
    {
        hopsLeft--;
        if (hopsLeft == 0)
        {
            rest(nowNs);
        }
        else
        {
            disconnect("on the way back", nowNs);
            nextConnectNs = nowNs + random.nextLong(MS);
        }
    }

    private void rest(final long nowNs)
    {
        nextAskNs = nowNs + random.nextLong(4 * timeoutNs);
    }

    private void setWatchesAgain(final long nowNs)
    {
        final Operation again = wishes.of(Operation.Kind.SET_WATCHES, "", sessionId, nowNs);
        again.watches = watches.takeToSetAgain();
        again.relativeZxid = lastZxid;
        invoke(again, nowNs);
    }

    /** Whether the next answer is the one that confirms that watches are set again. */
    private boolean isSettingWatchesAgain()
    {
        return !connection.asked.isEmpty() && connection.asked.peekFirst().kind == Operation.Kind.SET_WATCHES;
    }

    private void onFrame(final FrameReader in, final long nowNs)
    {
        final int xid = in.int32();
        final long zxid = in.int64();
        final int error = in.int32();

        if (xid == XID_EVENT)
        {
            final int type = in.int32();
            in.int32();
            final String path = in.text();
            watches.onEvent(type, path, isSettingWatchesAgain());
            listener.onEvent(clientId, new WatchEvent(zxid, type, path));
            onHeardWhileWaiting(nowNs);
        }
        else
        {
            if (zxid > 0)
            {
                if (zxid < lastZxid)
                {
                    throw new Violation("a client is never shown an earlier state",
                        "client " + clientId + " at server " + connection.wire.serverId() + ": " +
                            Violation.zxid(zxid) + " after " + Violation.zxid(lastZxid));
                }

                lastZxid = zxid;
            }

            if (xid == XID_PING)
            {
                onPong(zxid, nowNs);
            }
            else if (xid == ClientLogin.XID)
            {
                listener.onAuthenticated(clientId, connection.onAuthenticated(error));
            }
            else
            {
                onAnswer(in, xid, zxid, error, nowNs);
            }
        }
    }

    /**
     * An event is a sign that the server lives and has the session. If the server has something to take from this
     * client, which it leaves waiting, the client takes the event for an answer.
     */
    private void onHeardWhileWaiting(final long nowNs)
    {
        final long sentNs = connection.waitingSince(connection.saidNs() - ARRIVAL_MAX_NS);

        if (sentNs != ClientConnection.NOTHING)
        {
            listener.onExchange(sessionId, sentNs, nowNs);
        }
    }

    private void onPong(final long zxid, final long nowNs)
    {
        final ClientConnection.Ping ping = connection.pings.removeFirst();
        listener.onExchange(sessionId, ping.sentNs(), nowNs);
        onShown(ping.isAlone(), zxid);
    }

    private void onShown(final boolean isAlone, final long zxid)
    {
        if (isAlone)
        {
            listener.onShown(clientId, connection.wire.serverId(), zxid, connection.saidNs());
        }
    }

    private void onAnswer(final FrameReader in, final int xid, final long zxid, final int error, final long nowNs)
    {
        if (connection.asked.isEmpty() || xid != connection.expectedXid())
        {
            throw new Violation("answers come in the order of requests", "client " + clientId + " is answered " + xid +
                " in place of " + connection.expectedXid());
        }

        final Operation operation = connection.asked.removeFirst();
        operation.outcome = Operation.Outcome.ANSWERED;
        operation.zxid = zxid;
        operation.error = error;
        operation.completedNs = nowNs;

        if (error == 0)
        {
            OperationCodec.answer(in, operation);
        }

        watches.onAnswered(operation);
        onShown(operation.isAlone, zxid);
        wishes.onAnswered(operation);
        listener.onExchange(sessionId, operation.invokedNs, nowNs);
        listener.onAnswered(operation);

        if (operation.kind == Operation.Kind.CLOSE_SESSION)
        {
            forgetSession();
            disconnect("session closed", nowNs);
        }
    }

    private void giveUpOrPing(final long nowNs)
    {
        final long silentNs = nowNs - connection.lastReceivedNs;
        final long patienceNs = !connection.isOpen ? timeoutNs / 3 : settings.whims().isLate() ? timeoutNs * 2 :
            timeoutNs * 2 / 3;
        final long pingNs = settings.whims().isLate() ? timeoutNs - LATE_NS : timeoutNs / 3;

        if (silentNs > patienceNs)
        {
            disconnect("silence", nowNs);
        }
        else if (connection.isOpen && nowNs - connection.lastSentNs > pingNs)
        {
            listener.onPinging(sessionId, nowNs);
            connection.ping(new FrameWriter().int32(XID_PING).int32(PING_OPCODE).frame(), nowNs);
        }
    }

    private void ask(final long nowNs)
    {
        if (nowNs >= nextAskNs && connection.asked.size() < settings.outstandingMax() && !isClosing())
        {
            nextAskNs = nowNs + random.nextLong(2L * settings.pauseMs() * MS + 1);
            wishes.next(sessionId, nowNs).forEach(operation -> invoke(operation, nowNs));

            if (isClosing() && settings.whims().isUnruly())
            {
                wishes.next(sessionId, nowNs).forEach(operation -> invoke(operation, nowNs));
            }

            followWhims(nowNs);
        }
    }

    private void followWhims(final long nowNs)
    {
        if (isOneIn(settings.whims().restsOneIn()))
        {
            rest(nowNs);
        }
        else if (isOneIn(settings.whims().freezesOneIn()))
        {
            frozenUntilNs = nowNs + random.nextLong(2 * timeoutNs);
        }
        else if (isOneIn(settings.whims().leavesOneIn()))
        {
            disconnect("for no reason", nowNs);
            nextConnectNs = nowNs + random.nextLong(MS);
        }
        else if (isOneIn(settings.whims().returnsOneIn()))
        {
            hopsLeft = servers.length;
            disconnect("to come back", nowNs);
            nextConnectNs = nowNs + random.nextLong(servers.length == 1 ? 4 * timeoutNs : MS);
        }
        else if (isOneIn(settings.whims().bargainsOneIn()))
        {
            bargain(nowNs);
        }
    }

    /** Leaves to come back with another time-out, at once or after a while in which its session may have ended. */
    private void bargain(final long nowNs)
    {
        wantedMs = settings.anotherTimeoutMs(random);
        isBargaining = true;
        disconnect("to agree on another time-out", nowNs);
        nextConnectNs = nowNs + random.nextLong(random.nextBoolean() ? MS : Math.min(4 * timeoutNs, AWAY_MAX_NS));
    }

    private boolean isOneIn(final int count)
    {
        return count != 0 && random.nextInt(count) == 0;
    }

    private boolean isClosing()
    {
        return connection.asked.stream().anyMatch(operation -> operation.kind == Operation.Kind.CLOSE_SESSION);
    }

    private void invoke(final Operation operation, final long nowNs)
    {
        listener.onInvoked(operation);
        connection.ask(operation, nowNs);
    }

    private void disconnect(final String reason, final long nowNs)
    {
        for (final Operation operation : connection.asked)
        {
            operation.outcome = Operation.Outcome.UNKNOWN;

            if (operation.kind == Operation.Kind.SET_WATCHES)
            {
                watches.onSet(operation.watches);
            }

            listener.onUnknown(operation);
        }

        listener.onDisconnected(clientId, connection.wire.serverId(), reason);
        watches.onDisconnected();
        connection.wire.leave();
        connection = null;
        later(nowNs);
    }

    private void forgetSession()
    {
        sessionId = 0;
        password = new byte[PASSWORD_LENGTH];
        watches.onSessionEnded();
        timeoutNs = settings.timeoutMs() * MS;
    }
}
