/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.peers;

import io.caracal.engine.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The network between the servers of an ensemble, on virtual time: the same calls at the same times with the same seed
 * give the same deliveries. Streams and the silent link can be cut apart, streams also in one direction only. One
 * thread.
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
     * A network without running servers.
     *
     * @param seed             of its faults.
     * @param faults           how it behaves.
     * @param messageLengthMax longest message in bytes.
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
     * Changes how the network behaves.
     *
     * @param newFaults from now on.
     */
    public void faults(final NetworkFaults newFaults)
    {
        faults = newFaults;
    }

    /**
     * A server's process starts.
     *
     * @param serverId a member that does not run.
     * @return its port.
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
     * A server's process ends without a word.
     *
     * @param serverId a member that runs.
     */
    public void kill(final long serverId)
    {
        Invariant.check(ports.remove(serverId) != null, "the server does not run");
        links.stream().filter(link -> link.isOf(serverId)).forEach(link -> link.kill(serverId));
    }

    /**
     * Virtual time passes.
     *
     * @param timeNs not before the present.
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
     * Cuts the streams from one server to another, or opens them. What is under way waits.
     *
     * @param from  the sender.
     * @param to    the receiver.
     * @param isCut true: nothing arrives.
     */
    public void cutStreams(final long from, final long to, final boolean isCut)
    {
        link(from, to).cutStreams(from, isCut);
    }

    /**
     * Cuts the silent link between two servers, or opens it: while it is cut, neither learns of an end of the other.
     *
     * @param serverId one.
     * @param peerId   the other.
     * @param isCut    true: no news arrive.
     */
    public void cutSilentLink(final long serverId, final long peerId, final boolean isCut)
    {
        link(serverId, peerId).cutSilentLink(isCut);
    }

    /**
     * Loses something of a stream between two servers, which ends the generation.
     *
     * @param serverId one.
     * @param peerId   the other.
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

    /** From 1 to a bound. */
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
