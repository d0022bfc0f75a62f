/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.exceptions.AeronException;
import io.caracal.engine.port.PeerHandler;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerMember;
import io.caracal.transport.aeron.codec.Refusal;
import java.io.IOException;
import org.agrona.CloseHelper;

/**
 * The link with one other server. Makes it by dialing or by accepting the other server's connection, notices its end,
 * tells the engine of both, and makes it again. What belongs to one attempt only is in its {@link LinkAttempt}.
 */
final class PeerLink
{
    private final LinkWorld world;
    private final PeerContext context;
    private final PeerMember peer;
    private final LinkDialer dialer;
    private final StreamAddresses addresses;
    private final PacketLengths lengths;
    private final LinkNews news;
    private LinkAttempt attempt;
    private SilentLink offeredLink;
    private LinkHello offeredHello;
    private long lastGeneration;
    private long nowNs;
    private long upSinceNs;
    private boolean isToldUp;

    PeerLink(final LinkWorld world, final PeerMember peer)
    {
        this.world = world;
        this.peer = peer;
        context = world.context();
        final boolean isDialing = context.serverId() > peer.serverId();
        final NameLookup lookup = new NameLookup(peer.host(), world.resolver());
        dialer = new LinkDialer(world, peer, lookup, isDialing);
        addresses = new StreamAddresses(lookup, isDialing);
        lengths = new PacketLengths(context.mtuLength());
        news = new LinkNews(context, peer.serverId());
    }

    LinkNews news()
    {
        return news;
    }

    /** Whether streams exist, which give Aeron work to do. */
    boolean hasStreams()
    {
        return attempt != null && attempt.generation() != null;
    }

    /** The streams; only while {@link #isDelivering()}. */
    Generation generation()
    {
        return attempt.generation();
    }

    /** Whether messages can be sent and received at the moment. */
    boolean isDelivering()
    {
        return attempt != null && attempt.isDelivering();
    }

    /** Goes on from the present state, and tells the handler when a link came up or ended. */
    int poll(final PeerHandler handler, final long now)
    {
        nowNs = now;

        if (isHeldOff())
        {
            end(LinkEnding.closedHere());
            stopDialing();
        }

        try
        {
            return read() + finishEnd(handler) + advance(handler);
        }
        catch (final AeronException ex)
        {
            if (attempt != null)
            {
                attempt.onStreamsFailed(String.valueOf(ex.getMessage()));
            }

            return 1 + finishEnd(handler);
        }
    }

    /** When {@link #poll} must be called although nothing arrives. */
    long nextDeadlineNs()
    {
        if (offeredLink != null)
        {
            return Long.MIN_VALUE;
        }

        if (attempt == null && isHeldOff())
        {
            return world.identity().nextDeadlineNs();
        }

        return attempt == null ? dialer.nextPollNs() : attempt.nextDeadlineNs();
    }

    /** Whether another process speaks for this server, or may do so. */
    private boolean isHeldOff()
    {
        return world.identity().isHeldOff(peer.serverId(), nowNs);
    }

    private void stopDialing()
    {
        if (dialer.isUnderWay())
        {
            dialer.giveUp();
            dialer.scheduleAfter(0, nowNs);
        }
    }

    /** The host of the linked process of the other server, for messages to people; null if none is linked. */
    String linkedHost()
    {
        return attempt == null ? null : attempt.remoteHost();
    }

    /** Like {@link io.caracal.engine.port.PeerPort#close}. */
    void close()
    {
        if (isToldUp)
        {
            end(LinkEnding.closedHere());
        }
    }

    /** Handles the loss of the driver, which ends the streams as well. */
    void onDriverLost(final long now)
    {
        nowNs = now;
        end(LinkEnding.streamLost("the driver ended"));

        if (dialer.isUnderWay())
        {
            giveUpDialing("the driver ended");
        }
    }

    /** Checks whether a stream is lost, after a claim failed because this generation cannot go on. */
    void onClaimRefused()
    {
        attempt.judgeStreams();
    }

    /**
     * Takes a connection over which the other server said hello.
     *
     * @return null if it was taken; otherwise why not.
     */
    Refusal offer(final SilentLink link, final LinkHello hello, final long now)
    {
        nowNs = now;

        if (offeredLink != null || !world.isReady() || isHeldOff())
        {
            return Refusal.BUSY;
        }

        if (attempt != null)
        {
            // The last message of the old link, or the news of its end, may have come meanwhile.
            attempt.readNow(now);

            if (attempt.isUp() && !attempt.isWith(hello.processId()))
            {
                return Refusal.ID_IN_USE;
            }
        }

        end(LinkEnding.peerGone("it dialed again"));
        offeredLink = link;
        offeredHello = hello;

        return null;
    }

    /** Ends the link without a notice. */
    void shutdown()
    {
        CloseHelper.quietClose(offeredLink);
        dialer.giveUp();

        if (attempt != null)
        {
            attempt.finish(null, nowNs);
        }
    }

    private int read()
    {
        return attempt == null ? 0 : attempt.read(nowNs);
    }

    private int advance(final PeerHandler handler)
    {
        if (attempt == null)
        {
            return offeredLink == null ? isHeldOff() ? 0 : dial() : accept();
        }

        final int workCount = attempt.advance();

        if (!isToldUp && attempt.isUp())
        {
            tellUp(handler);
        }

        return workCount;
    }

    private int dial()
    {
        try
        {
            final SilentLink connected = dialer.poll(nowNs);

            return connected == null ? 0 : begin(LinkAgreement.dialed(world, peer, connected, lengths.current(nowNs)),
                dialer.deadlineNs());
        }
        catch (final IOException ex)
        {
            return giveUpDialing(ex.getMessage());
        }
    }

    private int giveUpDialing(final String why)
    {
        dialer.giveUp();
        dialer.scheduleAfter(0, nowNs);
        news.failed(why);

        return 1;
    }

    private int accept()
    {
        final LinkAgreement agreement =
            LinkAgreement.taken(world, peer, offeredLink, offeredHello, lengths.current(nowNs));
        offeredLink = null;
        offeredHello = null;

        return begin(agreement, nowNs + context.linkTimeoutNs());
    }

    private int begin(final LinkAgreement agreement, final long deadlineNs)
    {
        attempt = new LinkAttempt(agreement, addresses, news, lastGeneration + 1,
            new LinkPatience(context.linkTimeoutNs(), deadlineNs));
        attempt.listen();

        return 1;
    }

    private void tellUp(final PeerHandler handler)
    {
        isToldUp = true;
        upSinceNs = nowNs;
        lastGeneration = attempt.generation().number();
        news.up(lastGeneration, PeerChannels.literal(attempt.address()));
        world.identity().onLinked(peer.serverId());
        handler.onLinkUp(peer.serverId(), lastGeneration);
    }

    private void end(final LinkEnding why)
    {
        if (attempt != null)
        {
            attempt.end(why);
        }
    }

    /** Releases what belongs to the generation that ended, and tells the engine and people. */
    private int finishEnd(final PeerHandler handler)
    {
        if (attempt == null || attempt.ending() == null)
        {
            return 0;
        }

        final LinkEnding ending = attempt.ending();

        if (attempt.isIdInUse())
        {
            world.identity().onDisputed(peer.serverId(), nowNs);
        }

        final boolean wasUp = isToldUp;
        final long linkedNs = wasUp ? nowNs - upSinceNs : 0;

        noteLengths(linkedNs);
        attempt.finish(ending.notice(), nowNs);
        attempt = null;
        isToldUp = false;
        dialer.scheduleAfter(linkedNs, nowNs);

        if (wasUp)
        {
            news.down(lastGeneration, ending.end(), ending.detail());
            handler.onLinkDown(peer.serverId(), lastGeneration, ending.end());
        }
        else if (ending.detail() != null)
        {
            news.failed(ending.detail());
            world.onStreamsUnproven();
        }

        return 1;
    }

    /**
     * Notes what the attempt that ended has shown about packet lengths: packets of a link that lasted arrived, unless
     * they ceased to.
     */
    private void noteLengths(final long linkedNs)
    {
        if (attempt.lacksLongPackets())
        {
            lengths.onTooLong(attempt.mtuLength(), nowNs);
        }
        else if (linkedNs > 0)
        {
            lengths.onEnd(attempt.mtuLength(), linkedNs);
        }
    }
}
