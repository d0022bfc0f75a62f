/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.port.DurabilityHandler;

/**
 * Runs one server in one loop. The duty cycle is the table of contents of the program, and its order matters: messages
 * of the ensemble and the journal are heard before any time-out is judged, and both come before clients.
 * <p>
 * Single-threaded: every method is called by the one thread that owns the agent.
 */
public final class NodeAgent implements AutoCloseable
{
    private final Node node;
    private final PeerDesk peers;
    private final OperatorDesk operators;
    private final NodeGauges gauges;
    private final ClientRounds clients;
    private final DurabilityHandler durability = new Durability();
    private Role role;

    /**
     * Makes a node. It begins to start up with its first duty cycle.
     *
     * @param context concluded.
     */
    public NodeAgent(final NodeContext context)
    {
        node = new Node(context);
        peers = new PeerDesk(context.peers(), node.links(), node.patience(), node.events());
        role = node.firstRole();
        operators = new OperatorDesk(node);
        gauges = new NodeGauges(node);
        clients = new ClientRounds(node);
        enter(role, "process started");
    }

    /**
     * Runs one duty cycle.
     *
     * @param nowNs monotonic time.
     * @param nowMs wall clock, for the times of transactions.
     * @return work done; 0 when there was nothing to do and the thread may rest until {@link #nextDeadlineNs}.
     */
    public int doWork(final long nowNs, final long nowMs)
    {
        node.time(nowNs, nowMs);
        int work = peers.poll(role);
        work += isStarted() ? node.journal().poll(durability) : 0;
        node.disk().advance(node.watchNs());
        clients.touchUnheard(nowNs);
        work += role.doWork(nowNs, nowMs);
        work += changeRole();
        work += isStarted() ? clients.poll(nowNs, work > 0) : 0;
        work += role.send() + operators.doWork(role);
        node.snapshots().putOff(!role.isServing());
        work += node.snapshots().doWork(work == 0);
        if (work > 0)
        {
            node.memory().advance();
            gauges.report();
        }
        clients.cycleEnded(work == 0);
        node.cycleEnded(work == 0);

        return work;
    }

    private boolean isStarted()
    {
        return !(role instanceof Starting);
    }

    private int changeRole()
    {
        final Role next = role.next();
        if (next == role)
        {
            return 0;
        }

        final String reason = role.reason();
        role.close();
        role = next;
        enter(next, reason);

        return 1;
    }

    private void enter(final Role next, final String reason)
    {
        node.desk().role(next.intake());
        node.events().onState(next.roleName(), reason);
    }

    /**
     * Whether clients are served.
     *
     * @return true while there is an established leader that this server is sure of.
     */
    public boolean isServing()
    {
        return role.isServing();
    }

    /**
     * The name of the current role.
     *
     * @return starting, looking, following, observing or leading.
     */
    public String roleName()
    {
        return role.roleName();
    }

    /**
     * Prepares the end of the server. A leader settles what it has proposed and steps down, so that the others elect
     * the next one without first having to find out that it is gone. This server takes no part in that election. What
     * clients send waits.
     */
    public void handOver()
    {
        if (!node.isLeaving())
        {
            node.leaving();
            role.handOver();
        }
    }

    /**
     * Whether a hand-over is complete.
     *
     * @return true once {@link #handOver()} was called and this server does not lead.
     */
    public boolean isHandedOver()
    {
        return node.isLeaving() && !(role instanceof Leading);
    }

    /**
     * When the next duty cycle is due even if nothing happens.
     *
     * @param nowNs monotonic time.
     * @return monotonic time; {@link Long#MAX_VALUE} when there is no such deadline.
     */
    public long nextDeadlineNs(final long nowNs)
    {
        final long workNs = Math.min(role.nextDeadlineNs(nowNs), node.snapshots().nextDeadlineNs());
        final long deadlineNs = Math.min(clients.nextOfferNs(), workNs);
        node.wanted(deadlineNs);

        return deadlineNs;
    }

    /**
     * Distance from the last durable transaction to the last one that this server's journal was given.
     *
     * @return number of transactions; far too large while these lie in different epochs.
     */
    public long undurableTxns()
    {
        return node.log().lastZxid() - node.log().durableZxid();
    }

    /** Releases all native memory. The ports are closed by their owner. */
    @Override
    public void close()
    {
        role.close();
        node.close();
    }

    private final class Durability implements DurabilityHandler
    {
        @Override
        public void onDurable(final long zxid)
        {
            node.log().onDurable(zxid);
            role.onDurable(zxid);
        }

        @Override
        public void onTruncated(final long zxid)
        {
            node.log().onTruncated(zxid);
            role.onTruncated(zxid);
        }

        @Override
        public void onSpaceExhausted()
        {
            node.disk().onRoom(false);
        }

        @Override
        public void onSpaceAvailable()
        {
            node.disk().onRoom(true);
        }
    }
}
