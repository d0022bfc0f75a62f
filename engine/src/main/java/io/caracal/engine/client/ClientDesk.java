/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

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
import io.caracal.engine.throttle.ThrottleSettings;
import io.caracal.engine.watch.WatchTable;

/** Everything that concerns clients, put together; the node's one door to this package. */
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
    private final RefusedConnections refused;
    private final ClientInbox inbox;
    private final Completions completions;
    private WriteIntake intake;

    /**
     * Puts it together.
     *
     * @param clients     the port.
     * @param sink        is told what happens.
     * @param ledger      books of native memory.
     * @param replica     applied state.
     * @param settings    limits and switches.
     * @param random      for the connection throttle.
     * @param serverId    of this server.
     * @param incarnation start counter of this server.
     * @param intake      the role that the server begins in.
     */
    public ClientDesk(final ClientPort clients, final EventSink sink, final MemoryLedger ledger, final Replica replica,
        final Settings settings, final SeededRandom random, final long serverId, final long incarnation,
        final WriteIntake intake)
    {
        this.clients = clients;
        final AclChecker aclChecker = new AclChecker(settings.acl());
        final ClientLimits limits = settings.limits();
        watches = new WatchTable(ledger, random.nextLong(), limits.watchesMax());
        requests = new RequestLine(limits, ledger);
        responder = new Responder(clients, sink);
        refused = new RefusedConnections(clients);
        throttle = new HandshakeThrottle(settings.throttle(), random, 0);
        events = new EventSender(replica.tree(), aclChecker, watches, connections, clients, sink);

        final ZnodeReads znodes = new ZnodeReads(replica, aclChecker, watches, responder);
        final WatchRequests watchRequests = new WatchRequests(replica, watches, events, responder);
        final MultiReads multiReads = new MultiReads(replica, znodes, responder);
        watchRequests.elementLengthMax(limits.elementLengthMax());
        multiReads.elementLengthMax(limits.elementLengthMax());
        final ReadExecutor reads = new ReadExecutor(replica, responder, znodes, watchRequests, multiReads);
        final Handshake handshake =
            new Handshake(replica, requests, connections, clients, sink, limits, throttle, serverId);
        inbox = new ClientInbox(connections, requests, handshake, reads, responder, watches,
            new Authenticator(settings.acl()), settings.enforcement(), clients, sink, refused);
        completions = new Completions(replica, requests, connections, responder, reads, handshake, inbox, serverId,
            incarnation);
        role(intake);
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
     * The server's role changed.
     *
     * @param newIntake the new role.
     */
    public void role(final WriteIntake newIntake)
    {
        intake = newIntake;
        inbox.role(newIntake);
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
        inbox.time(nowMs);
    }

    /**
     * Takes what clients sent.
     *
     * @return work done.
     */
    public int poll()
    {
        return clients.poll(inbox);
    }

    /**
     * A transaction was applied: whoever waits for it is answered.
     *
     * @param outcome of the transaction.
     */
    public void onApplied(final Outcome outcome)
    {
        completions.onApplied(outcome, intake);
    }

    /**
     * Offers refused frames again: something has moved.
     *
     * @return how many connections that concerned.
     */
    public int resumeRefused()
    {
        return refused.resume();
    }

    /**
     * Connections that the engine knows.
     *
     * @return zero or more.
     */
    public int connectionCount()
    {
        return connections.size();
    }

    /**
     * Describes connections for people who ask.
     *
     * @return a new walk over them.
     */
    public ConnectionsAnswer describeConnections()
    {
        return new ConnectionsAnswer(connections, clients);
    }

    /** Sets the figures of every connection to zero. */
    public void resetFigures()
    {
        for (int i = 0; i < connections.slotCount(); i++)
        {
            final ClientConnection connection = connections.atSlot(i);
            if (connection != null)
            {
                connection.figures.reset();
            }
        }
    }

    /**
     * Session that holds a watch.
     *
     * @param watcher slot of a connection.
     * @return id of its session, 0 when it has none any more.
     */
    public long sessionIdOf(final int watcher)
    {
        final ClientConnection connection = connections.atSlot(watcher);

        return connection == null || connection.session == null ? 0 : connection.session.id();
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
     * Requests under way that count against the limit.
     *
     * @return zero or more.
     */
    public int outstanding()
    {
        return requests.outstanding();
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
