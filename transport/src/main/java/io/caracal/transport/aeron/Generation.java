/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.caracal.engine.port.PeerStream;
import io.caracal.transport.DirectMemory;
import io.caracal.transport.PeerContext;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * The streams of one generation: three outbound and three inbound, all with session ids that no other generation has. A
 * new instance is made for each attempt to link, so nothing of an earlier attempt survives.
 */
final class Generation implements AutoCloseable
{
    private static final PeerStream[] STREAMS = PeerStream.values();
    /**
     * The stream whose first message fills a packet. The short first messages of the other streams tell whether
     * anything arrives at all.
     */
    private static final PeerStream LONG_HELLO = PeerStream.LIVE;

    private final InboundStream[] inbound = new InboundStream[STREAMS.length];
    private final OutboundStream[] outbound = new OutboundStream[STREAMS.length];
    private final Subscription[] subscriptions = new Subscription[STREAMS.length];
    private final long[] subscriptionIds = new long[STREAMS.length];
    private final long[] publicationIds = new long[STREAMS.length];
    private final boolean[] isHelloSent = new boolean[STREAMS.length];
    private final UnsafeBuffer hello = new UnsafeBuffer(new byte[LinkCodec.MESSAGE_LENGTH_MAX]);
    private final PeerContext context;
    private final EmbeddedDriver driver;
    private final DirectMemory memory;
    private final LinkCodec codec;
    private final int[] outIds;
    private final int[] inIds;
    private final long ownToken;
    private final long serverId;
    private InetSocketAddress target;
    private int targetMtuLength;
    private int publishedCount;
    private long publishedNs;
    private long watchedNs;
    private long number;
    private int helloLength;

    /**
     * Begins to listen for the streams of the other server.
     *
     * @param context  concluded.
     * @param driver   of this server.
     * @param memory   for long messages.
     * @param codec    of the first messages.
     * @param serverId of the other server.
     * @param outIds   session ids of the streams to it.
     * @param inIds    session ids of the streams from it.
     * @param ownToken with which the streams from it begin.
     */
    Generation(final PeerContext context, final EmbeddedDriver driver, final DirectMemory memory, final LinkCodec codec,
        final long serverId, final int[] outIds, final int[] inIds, final long ownToken)
    {
        this.context = context;
        this.driver = driver;
        this.memory = memory;
        this.codec = codec;
        this.outIds = outIds;
        this.inIds = inIds;
        this.ownToken = ownToken;
        this.serverId = serverId;
        Arrays.fill(publicationIds, Aeron.NULL_VALUE);
        Arrays.fill(subscriptionIds, Aeron.NULL_VALUE);

        for (final PeerStream stream : STREAMS)
        {
            inbound[stream.ordinal()] = new InboundStream(stream, serverId, context.messageLengthMax(), memory,
                this::isHelloExpected);
        }

        try
        {
            listen();
        }
        catch (final RuntimeException ex)
        {
            // Nobody else can close what was begun.
            CloseHelper.quietClose(this);
            throw ex;
        }
    }

    private void listen()
    {
        driver.sessions().add(inIds);

        for (int i = 0; i < STREAMS.length; i++)
        {
            final InboundStream in = inbound[i];
            subscriptionIds[i] = driver.aeron().asyncAddSubscription(PeerChannels.subscription(context.udpAddress(),
                inIds[i]), PeerChannels.streamId(STREAMS[i]), in::onImage, in::onImageGone);
        }
    }

    /** Whether the driver listens for all streams. */
    boolean isListening()
    {
        boolean areAll = true;

        for (int i = 0; i < STREAMS.length; i++)
        {
            if (subscriptions[i] == null)
            {
                subscriptions[i] = driver.aeron().getSubscription(subscriptionIds[i]);
                areAll &= subscriptions[i] != null;
            }
        }

        return areAll;
    }

    /**
     * Begins to send the streams to the other server, one in each poll of the port. Making a stream costs the loop as
     * much as hundreds of requests, which have to wait meanwhile.
     *
     * @param to         where the other server receives them.
     * @param generation as agreed.
     * @param peerToken  with which they begin.
     * @param mtuLength  longest UDP payload that both sides carry in one piece.
     */
    void publish(final InetSocketAddress to, final long generation, final long peerToken, final int mtuLength)
    {
        number = generation;
        helloLength = codec.encodeStreamHello(hello, context.serverId(), generation, peerToken);
        target = to;
        targetMtuLength = mtuLength;
    }

    /** Whether some streams have not been begun yet; the next poll of the port continues with them. */
    boolean isPublishing()
    {
        return target != null && publishedCount < STREAMS.length;
    }

    /** Begins at most one stream in each poll, however many rounds the poll has. */
    private int publishNext(final long nowNs)
    {
        if (!isPublishing() || (publishedCount > 0 && nowNs == publishedNs))
        {
            return 0;
        }

        final PeerStream stream = STREAMS[publishedCount];
        publicationIds[publishedCount] = driver.aeron().asyncAddExclusivePublication(PeerChannels.publication(context,
            stream, target, outIds[publishedCount], targetMtuLength), PeerChannels.streamId(stream));
        publishedCount++;
        publishedNs = nowNs;

        return 1;
    }

    /**
     * Continues with the streams to the other server, and with the first messages in both directions.
     *
     * @param nowNs when the poll of the port began.
     * @return work done.
     */
    int prove(final long nowNs)
    {
        int workCount = publishNext(nowNs);
        watchedNs = nowNs;

        for (int i = 0; i < STREAMS.length; i++)
        {
            if (outbound[i] == null && publicationIds[i] != Aeron.NULL_VALUE)
            {
                final ExclusivePublication publication = driver.aeron().getExclusivePublication(publicationIds[i]);
                outbound[i] = publication == null ? null : new OutboundStream(publication, memory, probe(i, nowNs));
            }

            if (outbound[i] != null && !isHelloSent[i] && outbound[i].trySendHello(hello, helloLength,
                i == LONG_HELLO.ordinal()))
            {
                isHelloSent[i] = true;
                workCount++;
            }

            inbound[i].pollHello();
        }

        return workCount;
    }

    private static TailProbe probe(final int stream, final long nowNs)
    {
        return new TailProbe(stream == PeerStream.LIVE.ordinal(), nowNs);
    }

    /** How many steps towards the proof have been made; there are four for each stream. */
    int steps()
    {
        int steps = publishedCount;

        for (int i = 0; i < STREAMS.length; i++)
        {
            steps += (outbound[i] == null ? 0 : 1) + (isHelloSent[i] ? 1 : 0) + (inbound[i].isProven() ? 1 : 0);
        }

        return steps;
    }

    /**
     * Whether all streams from the other server began as agreed, and the first messages of all streams to it were sent.
     */
    boolean isProven()
    {
        for (int i = 0; i < STREAMS.length; i++)
        {
            if (!isHelloSent[i] || !inbound[i].pollHello())
            {
                return false;
            }
        }

        return true;
    }

    /** Whether Aeron has announced any stream of the other server here, which shows that its packets arrive. */
    boolean hasImages()
    {
        return Arrays.stream(inbound).anyMatch(InboundStream::hasImage);
    }

    /** Whether packets of a proven stream ceased to arrive while its short heartbeats still do. */
    boolean isStandingStill()
    {
        return Arrays.stream(inbound).anyMatch(InboundStream::isStandingStill);
    }

    /** Whether short packets of the other server arrived but its packet of full length did not. */
    boolean lacksLongPackets()
    {
        return !inbound[LONG_HELLO.ordinal()].isProven() && Arrays.stream(inbound).anyMatch(InboundStream::isProven);
    }

    long number()
    {
        return number;
    }

    InboundStream inbound(final PeerStream stream)
    {
        return inbound[stream.ordinal()];
    }

    OutboundStream outbound(final PeerStream stream)
    {
        return outbound[stream.ordinal()];
    }

    /** Goes on with long messages, and follows the last one of a stream with a probe. Returns packets sent. */
    int send(final long nowNs)
    {
        int packets = 0;

        for (final OutboundStream out : outbound)
        {
            packets += out.sendStaged(nowNs) + (out.probe(nowNs) ? 1 : 0);
        }

        return packets;
    }

    /** When {@link #send} must be called, although there is nothing to send. */
    long nextProbeNs()
    {
        long nextNs = Long.MAX_VALUE;

        for (final OutboundStream out : outbound)
        {
            nextNs = Math.min(nextNs, out.nextProbeNs());
        }

        return nextNs;
    }

    /**
     * Looks from time to time for a stream that stands still although Aeron takes it for alive. Only called once the
     * generation is proven.
     *
     * @param nowNs when the poll of the port began.
     */
    void watchStreams(final long nowNs)
    {
        // The counters are unmapped with the client.
        if (nowNs - watchedNs < Standstill.intervalNs(context.peerTimeoutNs()) || driver.isLost())
        {
            return;
        }

        watchedNs = nowNs;
        final CountersReader counters = driver.aeron().countersReader();

        for (int i = 0; i < STREAMS.length; i++)
        {
            inbound[i].watchGap(counters);
            outbound[i].watchSending(counters);
        }
    }

    /** Why the generation cannot go on; null if it can. */
    String lossReason()
    {
        for (int i = 0; i < STREAMS.length; i++)
        {
            final String in = inbound[i].lossReason();
            final String out = isHelloSent[i] ? outbound[i].lossReason() : null;

            if (in != null || out != null)
            {
                return in != null ? in : out;
            }
        }

        return null;
    }

    /** Stops delivery: no further message is handed over. */
    void stop()
    {
        for (final InboundStream in : inbound)
        {
            in.stop();
        }
    }

    @Override
    public void close()
    {
        driver.sessions().remove(inIds);

        for (int i = 0; i < STREAMS.length; i++)
        {
            closeOutbound(i);
            inbound[i].close();
            driver.aeron().asyncRemoveSubscription(subscriptionIds[i]);
        }

        driver.nudge();
    }

    private void closeOutbound(final int i)
    {
        if (outbound[i] != null)
        {
            outbound[i].close();
        }
        else if (publicationIds[i] != Aeron.NULL_VALUE)
        {
            driver.aeron().asyncRemovePublication(publicationIds[i]);
        }
    }

    private boolean isHelloExpected(final DirectBuffer buffer, final int offset, final int length)
    {
        return codec.isStreamHello(buffer, offset, length, serverId, number, ownToken);
    }
}
