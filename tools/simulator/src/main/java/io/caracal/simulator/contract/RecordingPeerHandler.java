/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * Records what the peer port of one server delivers, and refuses messages on demand. Keeps a list of complaints about
 * what no port may do.
 */
public final class RecordingPeerHandler implements PeerHandler
{
    private static final int ALIGNMENT = 8;

    private final Map<Long, Peer> peers = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final PeerPort port;
    private Reaction reaction = (serverId, stream, buffer, offset, length) ->
    {
    };
    private boolean isPolling;
    private boolean isPastLive;
    private int takenCount;

    /** Reacts to a message while the port delivers it. */
    public interface Reaction
    {
        /**
         * A message was taken.
         *
         * @param serverId of the sender.
         * @param stream   of the message.
         * @param buffer   holds the message.
         * @param offset   of the message.
         * @param length   of the message.
         */
        void onTaken(long serverId, PeerStream stream, DirectBuffer buffer, int offset, int length);
    }

    /**
     * A generation that ended.
     *
     * @param generation number of the generation.
     * @param end        reason for its end.
     */
    public record Ended(long generation, LinkEnd end)
    {
    }

    /** What was delivered about one other server. */
    private static final class Peer
    {
        private final List<Long> generations = new ArrayList<>();
        private final List<Ended> ends = new ArrayList<>();
        private final Map<PeerStream, List<byte[]>> taken = new EnumMap<>(PeerStream.class);
        private final Map<PeerStream, byte[]> refused = new EnumMap<>(PeerStream.class);
        private final Set<PeerStream> refusing = EnumSet.noneOf(PeerStream.class);
        private final Set<PeerStream> refusedInThisPoll = EnumSet.noneOf(PeerStream.class);
        private long generation;
        private boolean isClosedHere;
        private int refusalCount;
    }

    /**
     * Creates a handler that has recorded nothing yet.
     *
     * @param port whose deliveries are recorded.
     */
    public RecordingPeerHandler(final PeerPort port)
    {
        this.port = port;
    }

    /**
     * Polls the port once.
     *
     * @return amount of work that the port reports.
     */
    public int poll()
    {
        isPolling = true;
        isPastLive = false;
        peers.values().forEach(peer -> peer.refusedInThisPoll.clear());
        final int before = takenCount;
        final int work = port.poll(this);
        isPolling = false;
        complainIf(takenCount > before && work == 0, "messages taken, and no work told");

        return work;
    }

    /**
     * The port whose deliveries are recorded.
     *
     * @return the same one at each call.
     */
    public PeerPort port()
    {
        return port;
    }

    @Override
    public void onLinkUp(final long serverId, final long generation)
    {
        final Peer peer = peer(serverId);
        complainIf(!isPolling, "a link came up outside of poll");
        complainIf(peer.generation != 0, "a link came up that was up");
        complainIf(generation <= 0, "a generation that is not greater than zero");
        complainIf(!peer.generations.isEmpty() && generation <= last(peer.generations), "a generation did not rise");
        peer.generation = generation;
        peer.isClosedHere = false;
        peer.generations.add(generation);
        peer.taken.clear();
        peer.refused.clear();
    }

    @Override
    public void onLinkDown(final long serverId, final long generation, final LinkEnd end)
    {
        final Peer peer = peer(serverId);
        complainIf(!isPolling, "a link went down outside of poll");
        complainIf(peer.generation == 0, "a link went down that was not up");
        complainIf(generation != peer.generation, "another generation went down than the one that was up");
        peer.generation = 0;
        peer.ends.add(new Ended(generation, end));
    }

    @Override
    public boolean onMessage(final long serverId, final PeerStream stream, final DirectBuffer buffer, final int offset,
        final int length)
    {
        final Peer peer = peer(serverId);
        complainIf(!isPolling, "a message outside of poll");
        complainIf(peer.generation == 0, "a message without a link");
        complainIf(peer.isClosedHere, "a message of a generation that was closed here");
        complainIf(offset % ALIGNMENT != 0, "a message at offset " + offset);
        complainIf(length < 1 || length > port.messageLengthMax(), "a message of " + length + " bytes");
        complainIf(peer.refusedInThisPoll.contains(stream), "a message of a stream that was refused in this poll");
        complainIf(isPastLive && stream == PeerStream.LIVE, "a live message after those of other streams");
        isPastLive |= stream != PeerStream.LIVE;

        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final byte[] refused = peer.refused.remove(stream);
        complainIf(refused != null && !Arrays.equals(refused, bytes), "another message than the one that was refused");

        if (peer.refusing.contains(stream))
        {
            peer.refused.put(stream, bytes);
            peer.refusedInThisPoll.add(stream);
            peer.refusalCount++;
            return false;
        }

        peer.taken.computeIfAbsent(stream, key -> new ArrayList<>()).add(bytes);
        takenCount++;
        reaction.onTaken(serverId, stream, buffer, offset, length);

        return true;
    }

    /**
     * Sets whether messages of a stream are refused.
     *
     * @param serverId of the sender.
     * @param stream   of the messages.
     * @param value    true to refuse them.
     */
    public void isRefusing(final long serverId, final PeerStream stream, final boolean value)
    {
        if (value)
        {
            peer(serverId).refusing.add(stream);
        }
        else
        {
            peer(serverId).refusing.remove(stream);
        }
    }

    /**
     * Sets the reaction to messages that are taken.
     *
     * @param value replaces the reaction that does nothing.
     */
    public void reaction(final Reaction value)
    {
        reaction = value;
    }

    /**
     * Closes the link with a server, and complains if anything more of its generation is delivered.
     *
     * @param serverId of the other server.
     */
    public void close(final long serverId)
    {
        peer(serverId).isClosedHere = true;
        port.close(serverId);
    }

    /**
     * Whether a link is up, as far as the port has reported.
     *
     * @param serverId of the other server.
     * @return true between up and down.
     */
    public boolean isLinked(final long serverId)
    {
        return peer(serverId).generation != 0;
    }

    /**
     * All generations of the link with a server.
     *
     * @param serverId of the other server.
     * @return the generations that came up, oldest first.
     */
    public List<Long> generations(final long serverId)
    {
        return peer(serverId).generations;
    }

    /**
     * The ends of all generations of the link with a server.
     *
     * @param serverId of the other server.
     * @return oldest first.
     */
    public List<Ended> ends(final long serverId)
    {
        return peer(serverId).ends;
    }

    /**
     * The messages taken in the newest generation.
     *
     * @param serverId of the sender.
     * @param stream   of the messages.
     * @return the messages in the order of delivery.
     */
    public List<byte[]> taken(final long serverId, final PeerStream stream)
    {
        return peer(serverId).taken.computeIfAbsent(stream, key -> new ArrayList<>());
    }

    /**
     * Number of messages of a server that were refused, counting each refusal.
     *
     * @param serverId of the sender.
     * @return zero or more.
     */
    public int refusalCount(final long serverId)
    {
        return peer(serverId).refusalCount;
    }

    public List<String> complaints()
    {
        return complaints;
    }

    private Peer peer(final long serverId)
    {
        return peers.computeIfAbsent(serverId, key -> new Peer());
    }

    private void complainIf(final boolean isWrong, final String what)
    {
        if (isWrong && !complaints.contains(what))
        {
            complaints.add(what);
        }
    }

    private static long last(final List<Long> values)
    {
        return values.get(values.size() - 1);
    }
}
