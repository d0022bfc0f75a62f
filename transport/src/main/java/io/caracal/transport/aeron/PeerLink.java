/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.exceptions.AeronException;
import io.caracal.engine.Invariant;
import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerStream;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerMember;
import io.caracal.transport.PeerRefusal;
import io.caracal.transport.aeron.codec.Ending;
import io.caracal.transport.aeron.codec.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;

/**
 * The link with one other server: makes it by dialing or by taking what was dialed, notices its end, and makes it
 * again. A silent link, the attempt made with it and the generation that comes of it are one: they begin and end
 * together.
 */
final class PeerLink implements LinkMessageHandler
{
    /** A stream that ended may have been ended by the other side, whose notice travels by another road. */
    private static final long NOTICE_GRACE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Who was linked for less is dialed again after a pause. */
    private static final long STEADY_NS = TimeUnit.SECONDS.toNanos(1);

    private final LinkWorld world;
    private final PeerContext context;
    private final PeerMember peer;
    private final boolean isDialer;
    private final Backoff backoff = new Backoff();
    private final NameLookup lookup;
    private final LinkNews news;
    private LinkPhase phase = LinkPhase.IDLE;
    private SilentLink silentLink;
    private Generation generation;
    private SilentLink offeredLink;
    private LinkHello offeredHello;
    private LinkHello peerHello;
    private SessionIds sessionIds;
    private LinkEnd end;
    private Ending notice;
    private String endDetail;
    private InetSocketAddress streamAddress;
    private boolean isProvenSent;
    private boolean isProvenReceived;
    private long ownToken;
    private long lastGeneration;
    private long peerProcessId;
    private long nowNs;
    private long nextDialNs;
    private long deadlineNs;
    private long upSinceNs;
    private long lostSinceNs;
    private boolean isLost;
    private int unprovenCount;

    PeerLink(final LinkWorld world, final PeerMember peer)
    {
        this.world = world;
        this.peer = peer;
        context = world.context();
        isDialer = context.serverId() > peer.serverId();
        lookup = new NameLookup(peer.host(), world.resolver());
        news = new LinkNews(context.events(), context.nanoClock(), peer.serverId());
        nextDialNs = context.nanoClock().nanoTime();
    }

    LinkNews news()
    {
        return news;
    }

    boolean isUp()
    {
        return LinkPhase.UP == phase && null == end;
    }

    /** Whether streams exist, so that Aeron has work with them. */
    boolean hasStreams()
    {
        return null != generation;
    }

    Generation generation()
    {
        return generation;
    }

    /** Goes on in whatever phase it is, and tells of links that came up or ended. */
    int poll(final PeerHandler handler, final long now)
    {
        nowNs = now;

        try
        {
            final int workCount = readSilentLink() + finishEnd(handler);

            return workCount + (null == end ? advance(handler) : finishEnd(handler));
        }
        catch (final AeronException ex)
        {
            end(LinkEnd.STREAM_LOST, Ending.STREAM_LOST, String.valueOf(ex.getMessage()));
            return 1 + finishEnd(handler);
        }
    }

    /** When {@link #poll} must be called though nothing comes. */
    long nextDeadlineNs()
    {
        if (null != end || null != offeredLink)
        {
            return Long.MIN_VALUE;
        }

        return switch (phase)
        {
            case IDLE -> isDialer && world.isReady() ? nextDialNs : Long.MAX_VALUE;
            case UP -> isLost ? lostSinceNs + NOTICE_GRACE_NS : Long.MAX_VALUE;
            default -> deadlineNs;
        };
    }

    /** As {@link io.caracal.engine.port.PeerPort#close}. */
    void close()
    {
        if (LinkPhase.UP == phase)
        {
            end(LinkEnd.CLOSED_HERE, Ending.CLOSED, "closed here");
        }
    }

    /** The driver is gone, and the streams with it. */
    void onDriverLost()
    {
        if (null != silentLink)
        {
            end(LinkEnd.STREAM_LOST, Ending.STREAM_LOST, "the driver ended");
        }
    }

    /** The stream of messages can go on at the moment. */
    boolean isDelivering()
    {
        return isUp() && !isLost;
    }

    /** What this generation ended for is looked at in the next poll. */
    void onClaimRefused()
    {
        judgeStreams();
    }

    /**
     * Takes a connection over which the other server said hello.
     *
     * @return null: taken; otherwise why not.
     */
    Refusal offer(final SilentLink link, final LinkHello hello, final long now)
    {
        nowNs = now;

        if (null != offeredLink || !world.isReady())
        {
            return Refusal.BUSY;
        }

        // Its last word, or the news of its end, may have come meanwhile.
        if (null != silentLink && null == end)
        {
            note(silentLink.readNow(this, now));
        }

        if (isUp() && hello.processId() != peerProcessId)
        {
            return Refusal.ID_IN_USE;
        }

        if (null != silentLink)
        {
            end(LinkEnd.PEER_GONE, null, "it dialed again");
        }

        offeredLink = link;
        offeredHello = hello;

        return null;
    }

    /** Ends without a word. */
    void shutdown()
    {
        CloseHelper.quietCloseAll(silentLink, offeredLink);

        if (null != generation)
        {
            generation.close();
        }
    }

    @Override
    public void onHello(final LinkHello hello)
    {
        if (LinkPhase.GREETING != phase)
        {
            fail("a second hello");
        }
        else if (hello.serverId() != peer.serverId() || hello.receiverId() != context.serverId() || hello
            .voterSetHash() != context.voterSetHash())
        {
            fail("the answer is from server " + hello.serverId() + " to server " + hello.receiverId());
        }
        else
        {
            peerHello = hello;
            publish(hello, Math.max(hello.generation(), lastGeneration + 1));
        }
    }

    @Override
    public void onRefused(final short refusal, final long[] voters)
    {
        final PeerRefusal reason = Refusals.of(refusal);
        news.refused(reason, "refused by server " + peer.serverId() + Refusals.difference(reason, context.voters(),
            voters));
        end(LinkEnd.CLOSED_BY_PEER, null, null);
    }

    @Override
    public void onProven(final long token)
    {
        isProvenReceived = null != peerHello && token == peerHello.token();

        if (!isProvenReceived)
        {
            fail("another token than agreed");
        }
    }

    @Override
    public void onGenerationEnd(final Ending ending)
    {
        end(Ending.STREAM_LOST == ending ? LinkEnd.STREAM_LOST : LinkEnd.CLOSED_BY_PEER, null,
            "the other server ended it: " + ending);
    }

    private int advance(final PeerHandler handler)
    {
        return switch (phase)
        {
            case IDLE -> idle();
            case RESOLVING -> resolving();
            case CONNECTING -> connecting();
            case LISTENING -> listening();
            case GREETING -> overdue();
            case PROVING -> proving(handler);
            case UP -> judgeStreams();
        };
    }

    private int readSilentLink()
    {
        if (null == silentLink || phase.ordinal() < LinkPhase.LISTENING.ordinal())
        {
            return 0;
        }

        return note(silentLink.poll(this, nowNs));
    }

    private int note(final SilentLink.Reading reading)
    {
        if (null == end)
        {
            switch (reading)
            {
                case OPEN -> {
                    return 0;
                }
                case GONE -> end(LinkEnd.PEER_GONE, null, "its silent link ended");
                case GARBAGE -> end(LinkEnd.STREAM_LOST, Ending.STREAM_LOST, "what came is not of this protocol");
            }
        }

        return 1;
    }

    private int idle()
    {
        if (null != offeredLink)
        {
            accept();
            return 1;
        }

        if (!isDialer || !world.isReady() || nowNs - nextDialNs < 0)
        {
            return 0;
        }

        begin();
        phase(LinkPhase.RESOLVING);
        lookup.request();

        return resolving();
    }

    private int resolving()
    {
        if (!lookup.isDone())
        {
            return overdue();
        }

        if (null == lookup.address())
        {
            return fail("the address of " + lookup.host() + " is not known");
        }

        phase(LinkPhase.CONNECTING);

        return dial(new InetSocketAddress(lookup.address(), peer.tcpPort()));
    }

    private int dial(final InetSocketAddress address)
    {
        SocketChannel channel = null;

        try
        {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(address);
            silentLink = new SilentLink(channel, world.registration(), SelectionKey.OP_CONNECT, world.codec());

            return connecting();
        }
        catch (final IOException ex)
        {
            CloseHelper.quietClose(channel);
            return fail(ex.getMessage() + ": " + address);
        }
    }

    private int connecting()
    {
        try
        {
            if (!silentLink.finishConnect())
            {
                return overdue();
            }
        }
        catch (final IOException ex)
        {
            return fail(ex.getMessage() + ": " + lookup.host() + ":" + peer.tcpPort());
        }

        phase(LinkPhase.LISTENING);
        sessionIds = SessionIds.draw(world.random(), PeerStream.values().length);
        generation = world.generation(peer.serverId(), sessionIds.fromDialer(), sessionIds.toDialer(), ownToken);

        return 1;
    }

    private void accept()
    {
        begin();
        phase(LinkPhase.LISTENING);
        silentLink = offeredLink;
        peerHello = offeredHello;
        offeredLink = null;
        offeredHello = null;
        sessionIds = peerHello.sessionIds();
        generation = world.generation(peer.serverId(), sessionIds.toDialer(), sessionIds.fromDialer(), ownToken);
    }

    private int listening()
    {
        if (!generation.isListening())
        {
            return overdue();
        }

        if (null == peerHello)
        {
            sendHello(lastGeneration + 1);
            phase(LinkPhase.GREETING);
        }
        else
        {
            final long number = Math.max(peerHello.generation(), lastGeneration + 1);
            sendHello(number);
            publish(peerHello, number);
        }

        return 1;
    }

    private void sendHello(final long number)
    {
        final InetSocketAddress udp = world.announcedAddress();
        final byte[] address = udp.getAddress().isAnyLocalAddress() ? new byte[0] : udp.getAddress().getAddress();
        silentLink.send(world.codec().encodeHello(silentLink.message(), new LinkHello(context.serverId(), peer
            .serverId(),
            context.processId(), context.voterSetHash(), number, ownToken, sessionIds, address, udp.getPort(), context
                .mtuLength(), context.voters())));
    }

    private void publish(final LinkHello hello, final long number)
    {
        phase(LinkPhase.PROVING);
        peerProcessId = hello.processId();
        streamAddress = streamAddress(hello);

        if (null == streamAddress)
        {
            fail("the other side is gone");
        }
        else
        {
            generation.publish(streamAddress, number, hello.token(), Math.min(context.mtuLength(), hello.mtuLength()));
        }
    }

    private int proving(final PeerHandler handler)
    {
        int workCount = generation.prove();

        if (!isProvenSent && generation.isProven())
        {
            isProvenSent = true;
            silentLink.send(world.codec().encodeProven(silentLink.message(), ownToken));
            workCount++;
        }

        if (isProvenSent && isProvenReceived)
        {
            up(handler);
            return 1;
        }

        final String loss = generation.lossReason();

        return null == loss ? workCount + overdue() : fail(loss);
    }

    private void up(final PeerHandler handler)
    {
        phase(LinkPhase.UP);
        upSinceNs = nowNs;
        unprovenCount = 0;
        lastGeneration = generation.number();
        news.up(lastGeneration, PeerChannels.literal(streamAddress));
        handler.onLinkUp(peer.serverId(), lastGeneration);
    }

    private int judgeStreams()
    {
        if (!isLost && isUp() && null != generation.lossReason())
        {
            isLost = true;
            lostSinceNs = nowNs;
        }

        if (!isLost || nowNs - lostSinceNs < NOTICE_GRACE_NS)
        {
            return 0;
        }

        end(LinkEnd.STREAM_LOST, Ending.STREAM_LOST, generation.lossReason());

        return 0;
    }

    private int overdue()
    {
        if (nowNs - deadlineNs < 0)
        {
            return 0;
        }

        unprovenCount += LinkPhase.PROVING == phase ? 1 : 0;

        return fail("no progress in time, " + phase);
    }

    private int fail(final String why)
    {
        end(LinkEnd.STREAM_LOST, Ending.STREAM_LOST, why);

        return 1;
    }

    private void begin()
    {
        isProvenSent = false;
        isProvenReceived = false;
        isLost = false;
        peerHello = null;
        sessionIds = null;
        ownToken = world.random().nextLong();
        deadlineNs = nowNs + context.linkTimeoutNs();
    }

    private void end(final LinkEnd value, final Ending ending, final String detail)
    {
        if (null == end)
        {
            end = value;
            notice = ending;
            endDetail = detail;

            if (null != generation)
            {
                generation.stop();
            }
        }
    }

    /** Gives up what belongs to the generation that ended, and tells of it. */
    private int finishEnd(final PeerHandler handler)
    {
        if (null == end)
        {
            return 0;
        }

        final LinkEnd told = end;
        final boolean wasUp = LinkPhase.UP == phase;
        giveUpSilentLink();

        if (null != generation)
        {
            generation.close();
            generation = null;
        }

        phase(LinkPhase.IDLE);
        end = null;
        scheduleDial(wasUp);

        if (wasUp)
        {
            news.down(lastGeneration, told, endDetail);
            handler.onLinkDown(peer.serverId(), lastGeneration, told);
        }
        else if (null != endDetail)
        {
            news.failed(endDetail);
        }

        return 1;
    }

    private void giveUpSilentLink()
    {
        if (null != silentLink)
        {
            if (null != notice && phase.ordinal() >= LinkPhase.LISTENING.ordinal())
            {
                silentLink.send(world.codec().encodeEnd(silentLink.message(), notice));
                world.linger(silentLink);
            }
            else
            {
                silentLink.close();
            }

            silentLink = null;
        }
    }

    private void scheduleDial(final boolean wasUp)
    {
        if (wasUp && nowNs - upSinceNs >= STEADY_NS)
        {
            backoff.reset();
        }

        nextDialNs = nowNs + backoff.next();
    }

    /**
     * Where to send streams: where the other server says it receives them, else where it speaks from, else where the
     * configuration has it. Each in turn, while streams do not arrive.
     */
    private InetSocketAddress streamAddress(final LinkHello hello)
    {
        final List<InetAddress> addresses = new ArrayList<>();
        addAddress(addresses, announced(hello.udpAddress()));
        final InetSocketAddress remote = silentLink.remoteAddress();
        addAddress(addresses, null == remote ? null : remote.getAddress());
        addAddress(addresses, lookup.isDone() ? lookup.address() : null);

        if (unprovenCount > 0 && !isDialer)
        {
            lookup.request();
        }

        return addresses.isEmpty() ? null : new InetSocketAddress(addresses.get(unprovenCount % addresses.size()), hello
            .udpPort());
    }

    private static void addAddress(final List<InetAddress> addresses, final InetAddress address)
    {
        if (null != address && !addresses.contains(address))
        {
            addresses.add(address);
        }
    }

    private static InetAddress announced(final byte[] address)
    {
        try
        {
            return 0 == address.length ? null : InetAddress.getByAddress(address);
        }
        catch (final UnknownHostException impossibleLength)
        {
            throw new IllegalArgumentException(Arrays.toString(address), impossibleLength);
        }
    }

    private void phase(final LinkPhase next)
    {
        Invariant.check(phase.canBecome(next), "a phase of a link out of order");
        phase = next;
    }
}
