/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.CycleLimits;
import io.caracal.engine.Invariant;
import io.caracal.engine.SeededRandom;
import io.caracal.engine.acl.AclChecker;
import io.caracal.engine.acl.AclSettings;
import io.caracal.engine.acl.AuthEnforcement;
import io.caracal.engine.acl.Authenticator;
import io.caracal.engine.apply.Outcome;
import io.caracal.engine.apply.Replica;
import io.caracal.engine.apply.TxnEvents;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.ClientPort;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.session.Session;
import io.caracal.engine.throttle.ThrottleSettings;
import io.caracal.engine.tree.LookAhead;
import io.caracal.engine.watch.WatchTable;

/**
 * Entry point for everything that concerns clients: connections, requests, replies and watches. It wires the parts of
 * this package together and is the only one of them that the node uses.
 */
public final class ClientDesk implements AutoCloseable
{
    private static final long NS_PER_MS = 1_000_000L;

    private final ClientPort clients;
    private final ConnectionTable connections = new ConnectionTable();
    private final WatchTable watches;
    private final RequestLine requests;
    private final Responder responder;
    private final EventSender events;
    private final HandshakeThrottle throttle;
    private final Handshake handshake;
    private final RefusedConnections refused;
    private final UnheardClients unheard;
    private final Departures departures;
    private final ConnectionEnds ends;
    private final ClientInbox inbox;
    private final Completions completions;
    private final CurrentRole role;
    private final ParkedRequests parked;
    private final ClientsReport report;

    /**
     * Wires the parts together.
     *
     * @param clients     the port.
     * @param sink        is told what happens.
     * @param ledger      accounts for native memory.
     * @param replica     applied state.
     * @param settings    limits and switches.
     * @param cycle       limits of one duty cycle.
     * @param random      for the connection throttle.
     * @param serverId    of this server.
     * @param intake      of the role that the server starts in.
     */
    public ClientDesk(final ClientPort clients, final EventSink sink, final MemoryLedger ledger, final Replica replica,
        final Settings settings, final CycleLimits cycle, final SeededRandom random, final long serverId,
        final WriteIntake intake)
    {
        this.clients = clients;
        final AclChecker aclChecker = new AclChecker(settings.acl());
        final ClientLimits limits = settings.limits();
        watches = new WatchTable(ledger, random.nextLong(), limits.watchesMax());
        requests = new RequestLine(limits, ledger);
        responder = new Responder(clients, sink, cycle);
        role = new CurrentRole(intake);
        final SyncRequests syncs = new SyncRequests(replica, requests);
        refused = new RefusedConnections(clients, cycle.resumedConnections());
        unheard = new UnheardClients(connections, role);
        throttle = new HandshakeThrottle(settings.throttle(), random, 0);
        events = new EventSender(replica.tree(), aclChecker, watches, connections, clients, sink);

        final RequestRecords records = new RequestRecords(sink);
        final LookAhead ahead = replica.tree().lookAhead();
        final ZnodeReads znodes = new ZnodeReads(replica, ahead, aclChecker, watches, responder, sink);
        final WatchRequests watchRequests = new WatchRequests(replica, watches, events, responder);
        final MultiReads multiReads = new MultiReads(replica, znodes, responder, sink);
        final ReadExecutor reads = new ReadExecutor(replica, responder, znodes, watchRequests, multiReads, records);
        reads.elementLengthMax(limits.elementLengthMax());
        departures = new Departures(watches, connections, cycle.forgottenWatches());
        ends = new ConnectionEnds(requests, departures, refused, clients, sink);
        final ClientParts parts = new ClientParts(connections, ends, requests, syncs, records, role, sink);
        handshake = new Handshake(parts, replica, clients, limits, throttle, serverId);
        final ClientAuthentication authentication = new ClientAuthentication(new Authenticator(settings.acl()),
            settings.enforcement(), responder, sink);
        authentication.elementLengthMax(limits.elementLengthMax());
        inbox = new ClientInbox(parts, handshake, reads, authentication, refused, unheard, new FramesAhead(ahead),
            responder.share());
        completions = new Completions(parts, replica, serverId, handshake, reads, responder);
        parked = new ParkedRequests(replica, requests, syncs, completions, role);
        parked.onRole();
        report = new ClientsReport(connections, clients, requests, role);
    }

    /**
     * Limits and switches for clients.
     *
     * @param limits      on requests and time-outs.
     * @param acl         ACLs and authentication.
     * @param enforcement identities that are demanded.
     * @param throttle    of new connections.
     */
    public record Settings(ClientLimits limits, AclSettings acl, AuthEnforcement enforcement, ThrottleSettings throttle)
    {
    }

    /**
     * Applies limits that an operator has changed. The longest element and the number of watches keep the values of the
     * start, because frames and tables were laid out for them.
     *
     * @param limits   on requests and time-outs.
     * @param throttle of new connections; if anything in it is different, its bucket becomes full again.
     */
    public void tune(final ClientLimits limits, final ThrottleSettings throttle)
    {
        requests.limits(limits);
        handshake.limits(limits);
        this.throttle.settings(throttle);
    }

    /**
     * Probability that the connection throttle drops the next handshake at random.
     *
     * @return millionths.
     */
    public long handshakeDropPpm()
    {
        return throttle.dropPpm();
    }

    /**
     * Called when the leader ends a session because its client was silent. If the client is connected here, the event
     * sink is told what was heard of it, so that people can see why the session expired.
     *
     * @param session that expires.
     */
    public void onExpiring(final Session session)
    {
        inbox.tellHeartbeats(session);
    }

    /**
     * Called when the server's role has changed, or has begun anew with another leader or in another conversation with
     * the same one. Requests that are under way are parked, and clients' frames wait in the port, until {@link #resend}
     * is done. A role that does not keep requests needs none of this.
     *
     * @param newIntake the new role.
     */
    public void role(final WriteIntake newIntake)
    {
        role.enter(newIntake);
        parked.onRole();
    }

    /**
     * Sets the incarnation. Together with the server's id and a sequence it names the requests of this process. Until
     * it is set, no transaction is matched with a request of this server.
     *
     * @param incarnation greater than zero, and greater than that of every earlier process of this server.
     */
    public void incarnation(final long incarnation)
    {
        completions.incarnation(incarnation);
    }

    /**
     * Sends again what is still unanswered, once the role is established and everything that its history began with is
     * applied. Requests keep their order, numbers and identities; those whose connection is gone are dropped. Call this
     * until it is done: no frame of a client is taken before.
     *
     * @param intake the current role.
     * @return work done; 0 when all is sent or the role takes nothing more for now, see {@link #awaitsRole}.
     */
    public int resend(final WriteIntake intake)
    {
        Invariant.check(intake == role.intake(), "a role that has ended sends requests again");

        return parked.resend();
    }

    /**
     * Called when the leader has answered a request without a transaction. {@link #answerDue} passes the answer on.
     *
     * @param sequence  of the request, sent in the current role and not answered.
     * @param errorCode negative, or {@link WriteIntake#MOVED}.
     */
    public void onRequestFailed(final long sequence, final int errorCode)
    {
        completions.onFailed(sequence, errorCode);
    }

    /**
     * Called when the leader has answered a sync. Once this server has applied everything up to the zxid, it has seen
     * all that was committed when the sync was asked for. The client is then answered when that transaction is applied,
     * or by {@link #answerDue}.
     *
     * @param syncId as in {@link WriteIntake#sync}.
     * @param zxid   of this role's history.
     */
    public void onSynced(final long syncId, final long zxid)
    {
        completions.onSynced(syncId, zxid);
    }

    /**
     * Closes every connection. This does not end sessions. Requests that are under way go on without their clients: a
     * request whose transaction is applied later completes, but nobody gets the answer. The others are dropped when the
     * next role is established.
     */
    public void disconnectAll()
    {
        for (int i = 0; i < connections.slotCount(); i++)
        {
            final ClientConnection connection = connections.atSlot(i);
            if (connection != null)
            {
                ends.close(connection);
            }
        }
    }

    /**
     * The handler to tell of changes while transactions are applied.
     *
     * @return sender of watch events.
     */
    public TxnEvents txnEvents()
    {
        return events;
    }

    /**
     * Sets the time of this duty cycle.
     *
     * @param nowNs monotonic.
     * @param nowMs wall clock.
     */
    public void time(final long nowNs, final long nowMs)
    {
        responder.time(nowNs);
        throttle.time(nowNs / NS_PER_MS);
        inbox.time(nowNs, nowMs);
    }

    /**
     * Takes what clients sent.
     *
     * @return work done.
     */
    public int poll()
    {
        return departures.doWork() + clients.poll(inbox);
    }

    /**
     * Called when a transaction was applied. Answers the request that waits for it.
     *
     * @param outcome of the transaction.
     */
    public void onApplied(final Outcome outcome)
    {
        completions.onApplied(outcome);
    }

    /**
     * Answers the requests that the leader has answered, and those that waited behind what was applied, as many as fit
     * in a duty cycle. They must see the tree as it is now, so nothing may be applied until all of them are answered.
     * Call this only when a transaction could be applied instead: a client takes any answer as a sign that its session
     * lives, so this server must be sure of its leader.
     *
     * @return work done, 0 when there were none.
     */
    public int answerDue()
    {
        return completions.answerDue();
    }

    /**
     * Whether every request that waited only for what has been applied is answered.
     *
     * @return true when the next transaction may be applied.
     */
    public boolean isCaughtUp()
    {
        return completions.isCaughtUp();
    }

    /**
     * Offers frames again that could not be taken before and may be taken now; if they are many, not all at once. When
     * the role stops taking frames, all of them are offered once: clients without a session are closed then.
     *
     * @param mayMove whether the role may take more than at the last call for a reason that was not announced.
     * @return number of connections that were resumed; while it is not zero, there may be more.
     */
    public int resumeRefused(final boolean mayMove)
    {
        final boolean takes = role.takesRequests();
        if (role.hasTurned() || (takes && requests.takeEased()))
        {
            refused.onMoved();
        }
        if (takes && requests.takeTaken())
        {
            refused.onTaken();
        }

        return refused.resume(takes && mayMove, takes ? inbox.room() : 0);
    }

    /**
     * Counts clients as heard while this server does not look at what they send: those whose frames wait, and all
     * connected clients while {@link #poll} is not called. Call this much more often than sessions time out, and before
     * it is judged which sessions do.
     *
     * @param nowNs       monotonic time.
     * @param hasListened whether {@link #poll} was called since the last call of this method.
     * @return how many clients were looked at.
     */
    public int touchUnheard(final long nowNs, final boolean hasListened)
    {
        return unheard.touch(nowNs, hasListened);
    }

    /**
     * Whether the client of a session has sent something that could not be taken yet.
     *
     * @param session which.
     * @return false also when the client is not connected here.
     */
    public boolean hasFrameWaiting(final Session session)
    {
        final ClientConnection connection = connections.find(session.connectionId());

        return connection != null && connection.isRefused;
    }

    /**
     * Whether frames or requests to be sent again wait for the role to take them, which may become possible
     * unannounced.
     *
     * @return true when {@link #resend} and {@link #resumeRefused} should be called soon even if nothing else happens.
     */
    public boolean awaitsRole()
    {
        return parked.isHeldUp() || (role.takesRequests() && refused.awaitRole());
    }

    /**
     * Whether any connection serves a session.
     *
     * @return false when no client would lose anything if all connections were closed.
     */
    public boolean hasSessions()
    {
        boolean has = false;
        for (int i = 0; i < connections.slotCount() && !has; i++)
        {
            final ClientConnection connection = connections.atSlot(i);
            has = connection != null && connection.session() != null;
        }

        return has;
    }

    /**
     * Watches of this server's clients.
     *
     * @return the table.
     */
    public WatchTable watches()
    {
        return watches;
    }

    /**
     * Reports on clients for operators.
     *
     * @return the report; it always tells the current state.
     */
    public ClientsReport report()
    {
        return report;
    }

    @Override
    public void close()
    {
        for (int i = 0; i < connections.slotCount(); i++)
        {
            final ClientConnection connection = connections.atSlot(i);
            if (connection != null)
            {
                requests.leave(connection);
            }
        }
        requests.close();
        watches.close();
    }
}
