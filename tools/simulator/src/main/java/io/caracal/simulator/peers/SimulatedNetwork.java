/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.peers;

import io.caracal.engine.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The network between the servers of an ensemble, on virtual time. The same calls at the same times with the same seed
 * give the same deliveries. Streams and the silent link can be cut separately, and streams also in one direction only.
 * Belongs to one thread.
 */
public final class SimulatedNetwork
{
    private static final int THOUSAND = 1000;

    private final SplittableRandom random;
    private final int messageLengthMax;
    private final List<SimulatedLink> links = new ArrayList<>();
    private final TreeMap<Long, SimulatedPeerPort> ports = new TreeMap<>();
    private final long[] serverIds;
    private NetworkFaults faults;
    private long nowNs;

    /**
     * Creates a network without running servers.
     *
     * @param seed             of its faults.
     * @param faults           random ones.
     * @param messageLengthMax length of the longest message, in bytes.
     * @param serverIds        of all members.
     */
    public SimulatedNetwork(final long seed, final NetworkFaults faults, final int messageLengthMax,
        final long... serverIds)
    {
        this.random = new SplittableRandom(seed);
        this.faults = faults;
        this.messageLengthMax = messageLengthMax;
        this.serverIds = serverIds.clone();

        for (int i = 0; i < serverIds.length; i++)
        {
            for (int j = i + 1; j < serverIds.length; j++)
            {
                links.add(new SimulatedLink(this, Math.min(serverIds[i], serverIds[j]),
                    Math.max(serverIds[i], serverIds[j])));
            }
        }
    }

    /**
     * Changes the random faults of the network.
     *
     * @param newFaults in effect from now on.
     */
    public void faults(final NetworkFaults newFaults)
    {
        faults = newFaults;
    }

    /**
     * A server's process starts.
     *
     * @param serverId of a member that does not run.
     * @return the server's port.
     */
    public SimulatedPeerPort start(final long serverId)
    {
        Invariant.check(!ports.containsKey(serverId), "the server runs already");
        final List<SimulatedLink> own = links.stream().filter(link -> link.isOf(serverId)).toList();
        final SimulatedPeerPort port = new SimulatedPeerPort(this, serverId, own, messageLengthMax);
        ports.put(serverId, port);

        return port;
    }

    /**
     * A server's process ends without telling anyone.
     *
     * @param serverId of a member that runs.
     */
    public void kill(final long serverId)
    {
        Invariant.check(ports.remove(serverId) != null, "the server does not run");
        links.stream().filter(link -> link.isOf(serverId)).forEach(link -> link.kill(serverId));
    }

    /**
     * Advances virtual time.
     *
     * @param timeNs the new time; an earlier one than the present is ignored.
     */
    public void advanceTo(final long timeNs)
    {
        nowNs = Math.max(nowNs, timeNs);

        for (final SimulatedLink link : links)
        {
            link.work(nowNs);
        }
    }

    /**
     * Cuts the streams from one server to another, or opens them again. Messages under way wait while they are cut.
     *
     * @param from  id of the sender.
     * @param to    id of the receiver.
     * @param isCut true to cut them, so that nothing arrives.
     */
    public void cutStreams(final long from, final long to, final boolean isCut)
    {
        link(from, to).cutStreams(from, isCut);
    }

    /**
     * Cuts the silent link between two servers, or opens it again. While it is cut, neither server learns that the
     * other one has ended the link.
     *
     * @param serverId of one server.
     * @param peerId   of the other server.
     * @param isCut    true to cut it, so that no news arrives.
     */
    public void cutSilentLink(final long serverId, final long peerId, final boolean isCut)
    {
        link(serverId, peerId).cutSilentLink(isCut);
    }

    /**
     * Loses a message of a stream between two servers, which ends the generation of their link.
     *
     * @param serverId of one server.
     * @param peerId   of the other server.
     */
    public void lose(final long serverId, final long peerId)
    {
        link(serverId, peerId).lose();
    }

    /** Opens everything that is cut. */
    public void heal()
    {
        for (int i = 0; i < serverIds.length; i++)
        {
            for (int j = i + 1; j < serverIds.length; j++)
            {
                cutStreams(serverIds[i], serverIds[j], false);
                cutStreams(serverIds[j], serverIds[i], false);
                cutSilentLink(serverIds[i], serverIds[j], false);
            }
        }
    }

    boolean isRunning(final long serverId)
    {
        return ports.containsKey(serverId);
    }

    long nowNs()
    {
        return nowNs;
    }

    NetworkFaults faults()
    {
        return faults;
    }

    long arrivalNs()
    {
        return nowNs + (isDrawn(faults.slowChance()) ?
            random.nextLong(faults.delayMaxNs(), faults.slowDelayNs() + 1) :
            random.nextLong(faults.delayMinNs(), faults.delayMaxNs() + 1));
    }

    long linkDelayNs()
    {
        return random.nextLong(faults.linkDelayMaxNs() + 1);
    }

    boolean isDrawn(final int thousandths)
    {
        return thousandths > 0 && random.nextInt(THOUSAND) < thousandths;
    }

    /** Draws a number from 1 to a bound. */
    int drawUpTo(final int bound)
    {
        return 1 + random.nextInt(bound);
    }

    private SimulatedLink link(final long serverId, final long peerId)
    {
        for (final SimulatedLink link : links)
        {
            if (link.joins(serverId, peerId))
            {
                return link;
            }
        }

        throw new IllegalArgumentException("servers " + serverId + " and " + peerId + " are not two members");
    }
}
