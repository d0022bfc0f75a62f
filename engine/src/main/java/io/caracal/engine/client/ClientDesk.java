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
import io.caracal.engine.watch.WatchTable;

/**
 * Everything that concerns clients: their connections, requests, replies and watches. It puts the parts of this package
 * together, and is the only one of them that the node knows.
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
     * Puts it together.
     *
     * @param clients     the port.
     * @param sink        is told what happens.
     * @param ledger      books of native memory.
     * @param replica     applied state.
     * @param settings    limits and switches.
     * @param cycle       how much one duty cycle does.
     * @param random      for the connection throttle.
     * @param serverId    of this server.
     * @param intake      the role that the server begins in.
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
        final ZnodeReads znodes = new ZnodeReads(replica, aclChecker, watches, responder, sink);
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
        inbox = new ClientInbox(parts, handshake, reads, authentication, refused, unheard, new FramesAhead(replica
            .tree().lookAhead()), responder.share());
        completions = new Completions(parts, replica, serverId, handshake, reads, responder);
        parked = new ParkedRequests(replica, requests, syncs, completions, role);
        parked.onRole();
        report = new ClientsReport(connections, clients, requests, role);
    }

    /**
     * Limits and switches of what concerns clients.
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
     * An operator changed limits; they hold from now on. Of the limits the longest element and the number of watches
     * stay what they were at the start, since frames and tables were laid out for them.
     *
     * @param limits   on requests and time-outs.
     * @param throttle of new connections; its bucket is full again if anything about it is different.
     */
    public void tune(final ClientLimits limits, final ThrottleSettings throttle)
    {
        requests.limits(limits);
        handshake.limits(limits);
        this.throttle.settings(throttle);
    }

    /**
     * How probably the connection throttle drops the next handshake by chance.
     *
     * @return millionths.
     */
    public long handshakeDropPpm()
    {
        return throttle.dropPpm();
    }

    /**
     * The leader ends a session because its client was silent. If the client is connected here, what was heard of it is
     * told to the event sink, so that people can see why the session expired.
     *
     * @param session that expires.
     */
    public void onExpiring(final Session session)
    {
        inbox.tellHeartbeats(session);
    }

    /**
     * The server's role changed, or began anew with another leader or in another conversation with the same one. What
     * clients have on its way is parked, and their frames wait in the port, until {@link #resend} is through. A role
     * that does not keep requests needs none of this.
     *
     * @param newIntake the new role.
     */
    public void role(final WriteIntake newIntake)
    {
        role.enter(newIntake);
        parked.onRole();
    }

    /**
     * Sets the incarnation that names the requests of this process, with the id of the server and a sequence. Before it
     * is set, no transaction is taken for one of this server's requests.
     *
     * @param incarnation greater than zero, and greater than that of every earlier process of this server.
     */
    public void incarnation(final long incarnation)
    {
        completions.incarnation(incarnation);
    }

    /**
     * The role is established and everything that its history began with is applied: what is still unanswered is sent
     * again, in order, under the numbers and with the identities that it had, unless its connection is gone. To be
     * called again until it is through; no frame of a client is taken before.
     *
     * @param intake the current role.
     * @return work done, 0 when it is through or the role takes nothing more for now: {@link #awaitsRole}.
     */
    public int resend(final WriteIntake intake)
    {
        Invariant.check(intake == role.intake(), "a role that has ended sends requests again");

        return parked.resend();
    }

    /**
     * The leader answers a request without a transaction; {@link #answerDue} passes it on.
     *
     * @param sequence  of the request, sent in the current role and not answered.
     * @param errorCode negative, or {@link WriteIntake#MOVED}.
     */
    public void onRequestFailed(final long sequence, final int errorCode)
    {
        completions.onFailed(sequence, errorCode);
    }

    /**
     * The leader answers a sync: once this server has applied everything up to the zxid, it has seen all that was
     * committed when the sync was asked for, and {@link #answerDue} or the transaction tells the client.
     *
     * @param syncId as in {@link WriteIntake#sync}.
     * @param zxid   of this role's history.
     */
    public void onSynced(final long syncId, final long zxid)
    {
        completions.onSynced(syncId, zxid);
    }

    /**
     * The tree is about to be replaced by a snapshot. Every connection is closed, and requests that are unanswered are
     * given up: a snapshot does not tell which of them it contains, nor which events their watches have missed. The
     * sessions live on.
     */
    public void closeAll()
    {
        disconnectAll();
        requests.abandon();
    }

    /**
     * A transaction that is being applied ends every session. Every connection is closed. Requests that are on their
     * way complete when their transactions are applied later, but are answered to nobody.
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
     * Who is told of changes while transactions are applied.
     *
     * @return sender of watch events.
     */
    public TxnEvents txnEvents()
    {
        return events;
    }

    /**
     * Tells the time of this duty cycle.
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
     * A transaction was applied: whoever waits for it is answered.
     *
     * @param outcome of the transaction.
     */
    public void onApplied(final Outcome outcome)
    {
        completions.onApplied(outcome);
    }

    /**
     * Answers requests that the leader has answered, and those that waited behind what was applied, as many as a duty
     * cycle has time for. They must see the tree as it is now, so nothing is applied before they are through. Only to
     * be called when a transaction could be applied instead: a client takes any answer as a sign that its session
     * lives, so this server must be sure of its leader.
     *
     * @return work done, 0 when there were none.
     */
    public int answerDue()
    {
        return completions.answerDue();
    }

    /**
     * Whether all requests are answered that waited for nothing but what was applied.
     *
     * @return true when the next transaction may be applied.
     */
    public boolean isCaughtUp()
    {
        return completions.isCaughtUp();
    }

    /**
     * Offers the frames again that could not be taken earlier and may be now, not all at once if they are many. While
     * no frame would be taken they are offered once, when that begins: clients without a session are closed then.
     *
     * @param mayMove whether the role may take more than when this was called last, for a reason that nobody told.
     * @return how many connections that concerned; as long as it is not zero, there may be more of them.
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
     * Counts clients as heard of which nothing that they send is looked at: those whose frames wait, and all that are
     * connected while {@link #poll} is not called. To be called much more often than sessions time out, and before it
     * is judged which do.
     *
     * @param watchNs     the clock by which clients are judged.
     * @param hasListened whether {@link #poll} was called since the last time.
     * @return how many clients were looked at.
     */
    public int touchUnheard(final long watchNs, final boolean hasListened)
    {
        return unheard.touch(watchNs, hasListened);
    }

    /**
     * Whether frames, or requests that are sent again, wait until the role takes them, of which nobody may tell.
     *
     * @return true when {@link #resend} and {@link #resumeRefused} should be called before long, whatever happens.
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
     * What people who ask are told about clients.
     *
     * @return tells how it is at the time.
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
