/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.engine.Invariant;
import io.caracal.transport.PeerRefusal;
import io.caracal.transport.aeron.codec.Ending;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * One attempt to link, from the TCP connection of two servers to the end of the generation that results. The silent
 * link, the agreement made over it, and the streams begin and end together. A new instance is made for each attempt, so
 * nothing of an earlier one survives.
 */
final class LinkAttempt implements LinkMessageHandler
{
    /**
     * How long a lost stream waits for a notice. The other side may have ended the stream on purpose, and its notice
     * travels by another path.
     */
    private static final long NOTICE_GRACE_NS = TimeUnit.MILLISECONDS.toNanos(50);
    /**
     * Least time before a missing long packet is judged. A packet that was lost once is noticed missing at the next
     * heartbeat, after 100 ms. The driver may need 60 ms to ask for it again, and as long again until it runs.
     */
    private static final long PROOF_LEAST_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private final LinkAgreement agreement;
    private final StreamAddresses addresses;
    private final LinkNews news;
    private final long numberLeast;
    private final LinkPatience patience;
    private LinkPhase phase = LinkPhase.LISTENING;
    private Generation generation;
    private InetSocketAddress address;
    private LinkEnding ending;
    private long nowNs;
    private long lostSinceNs;
    private boolean lacksLongPackets;
    private boolean isLost;
    private boolean isIdInUse;

    /**
     * Does nothing yet.
     *
     * @param agreement   just begun.
     * @param addresses   for the streams to the other server.
     * @param news        of its link.
     * @param numberLeast smallest number that the generation may have.
     * @param patience    bounds the time until the link is up.
     */
    LinkAttempt(final LinkAgreement agreement, final StreamAddresses addresses, final LinkNews news,
        final long numberLeast, final LinkPatience patience)
    {
        this.agreement = agreement;
        this.addresses = addresses;
        this.news = news;
        this.numberLeast = numberLeast;
        this.patience = patience;
    }

    /** Begins to listen for the streams of the other server, before that server learns that it may send them. */
    void listen()
    {
        generation = agreement.newGeneration();
    }

    /** The streams; null before {@link #listen}. */
    Generation generation()
    {
        return generation;
    }

    /** Where the streams to the other server go. Known once they are sent. */
    InetSocketAddress address()
    {
        return address;
    }

    /** Whether all streams are proven in both directions and nothing has ended. */
    boolean isUp()
    {
        return phase == LinkPhase.UP && ending == null;
    }

    /** Whether messages can be sent and received at the moment. */
    boolean isDelivering()
    {
        return isUp() && !isLost;
    }

    /** Whether the linked process of the other server is the given one. */
    boolean isWith(final long processId)
    {
        return processId == agreement.peerHello().processId();
    }

    /** Whether the other server is linked with another process that has this server's id. */
    boolean isIdInUse()
    {
        return isIdInUse;
    }

    /** The host of the other server's process, for messages to people. */
    String remoteHost()
    {
        return agreement.silentLink().remoteHost();
    }

    /**
     * Whether packets of the agreed length have failed to arrive here, although shorter ones arrived, for too long to
     * be chance.
     */
    boolean lacksLongPackets()
    {
        return lacksLongPackets;
    }

    /** The agreed longest UDP payload. Known once streams are sent. */
    int mtuLength()
    {
        return agreement.mtuLength();
    }

    /** Why the attempt has ended; null if it has not. */
    LinkEnding ending()
    {
        return ending;
    }

    /** When the attempt must go on although nothing arrives. */
    long nextDeadlineNs()
    {
        if (ending != null)
        {
            return Long.MIN_VALUE;
        }

        if (phase == LinkPhase.PROVING)
        {
            return generation.isPublishing() ? Long.MIN_VALUE : patience.nextLookNs();
        }

        if (phase != LinkPhase.UP)
        {
            return patience.deadlineNs();
        }

        return isLost ? lostSinceNs + NOTICE_GRACE_NS : Long.MAX_VALUE;
    }

    /** Takes what came over the silent link. */
    int read(final long now)
    {
        nowNs = now;

        return note(agreement.silentLink().poll(this, now));
    }

    /** Like {@link #read}, but reads even if nothing is known to have come. */
    void readNow(final long now)
    {
        if (ending == null)
        {
            nowNs = now;
            note(agreement.silentLink().readNow(this, now));
        }
    }

    /** Goes on in the present phase. */
    int advance()
    {
        return switch (phase)
        {
            case LISTENING -> listening();
            case GREETING -> overdue();
            case PROVING -> proving();
            case UP -> upholding();
        };
    }

    /**
     * Checks whether a stream is lost. Ends the attempt once a notice of the other side can no longer be expected to
     * say why.
     */
    int judgeStreams()
    {
        if (!isLost && isUp() && generation.lossReason() != null)
        {
            isLost = true;
            lostSinceNs = nowNs;
        }

        if (isLost && nowNs - lostSinceNs >= NOTICE_GRACE_NS)
        {
            end(LinkEnding.streamLost(generation.lossReason()));
        }

        return 0;
    }

    /**
     * Handles the failure of Aeron to make the streams. It may be able to make them to another address of the other
     * server.
     */
    void onStreamsFailed(final String why)
    {
        if (phase == LinkPhase.PROVING && ending == null)
        {
            addresses.onUnproven();
        }

        end(LinkEnding.streamLost(why));
    }

    /** Ends the attempt and stops all delivery. The first reason counts. */
    void end(final LinkEnding why)
    {
        if (ending == null)
        {
            ending = why;
            lacksLongPackets = generation != null && (isLongPacketOverdue() || generation.isStandingStill());

            if (generation != null)
            {
                generation.stop();
            }
        }
    }

    /** Whether only the long first message is missing, after half of the time allowed for it. */
    private boolean isLongPacketOverdue()
    {
        return phase == LinkPhase.PROVING && patience.isHalfOver(nowNs, PROOF_LEAST_NS) &&
            generation.lacksLongPackets();
    }

    /**
     * Closes the silent link and the streams.
     *
     * @param notice the last message to the other server; null: none.
     * @param now    the time.
     */
    void finish(final Ending notice, final long now)
    {
        agreement.end(notice, now);

        if (generation != null)
        {
            generation.close();
            generation = null;
        }
    }

    @Override
    public void onHello(final LinkHello hello)
    {
        if (phase != LinkPhase.GREETING)
        {
            fail("a second hello");
        }
        else if (!agreement.onAnswer(hello))
        {
            fail("the answer is from server " + hello.serverId() + " to server " + hello.receiverId());
        }
        else
        {
            publish(Math.max(hello.generation(), numberLeast));
        }
    }

    @Override
    public void onRefused(final short refusal, final long[] voters)
    {
        isIdInUse = PeerRefusal.ID_IN_USE == Refusals.of(refusal);
        news.refusedByPeer(Refusals.of(refusal), voters);
        end(LinkEnding.refused());
    }

    @Override
    public void onProven(final long token)
    {
        if (!agreement.onProven(token))
        {
            fail("another token than agreed");
        }
    }

    @Override
    public void onGenerationEnd(final Ending told)
    {
        end(LinkEnding.toldByPeer(told));
    }

    private int note(final SilentLink.Reading reading)
    {
        if (ending == null)
        {
            switch (reading)
            {
                case OPEN -> {
                    return 0;
                }
                case GONE -> end(LinkEnding.peerGone("its silent link ended"));
                case GARBAGE -> end(LinkEnding.streamLost("what came is not of this protocol"));
            }
        }

        return 1;
    }

    private int listening()
    {
        if (!generation.isListening())
        {
            return overdue();
        }

        final LinkHello hello = agreement.peerHello();

        if (hello == null)
        {
            agreement.sendHello(numberLeast);
            phase(LinkPhase.GREETING);
        }
        else
        {
            final long number = Math.max(hello.generation(), numberLeast);
            agreement.sendHello(number);
            publish(number);
        }

        return 1;
    }

    private void publish(final long number)
    {
        phase(LinkPhase.PROVING);
        address = addresses.next(agreement.peerHello(), agreement.silentLink().remoteAddress());

        if (address == null)
        {
            fail("the other side is gone");
        }
        else
        {
            generation.publish(address, number, agreement.peerHello().token(), agreement.mtuLength());
        }
    }

    private int proving()
    {
        int workCount = generation.prove(nowNs);
        noteSteps();

        if (generation.isProven())
        {
            workCount += agreement.sendProven();
        }

        if (agreement.isProven())
        {
            phase(LinkPhase.UP);
            addresses.onProven();
            return 1;
        }

        final String loss = generation.lossReason();

        if (loss != null)
        {
            return fail(loss);
        }

        return isLongPacketOverdue() ? fail(phase + ": " + unproven()) : workCount + overdue();
    }

    private int upholding()
    {
        generation.watchStreams(nowNs);

        return judgeStreams();
    }

    private int overdue()
    {
        if (!patience.isOver(nowNs))
        {
            return 0;
        }

        if (phase == LinkPhase.PROVING)
        {
            addresses.onUnproven();
        }

        return fail("no progress in time, " + phase + (phase == LinkPhase.PROVING ? ": " + unproven() : ""));
    }

    /** What is known of UDP packets that do not arrive although the silent link works, in words for people. */
    private String unproven()
    {
        final String target = PeerChannels.literal(address);

        if (!generation.hasImages())
        {
            return "TCP connects, but no UDP packets of that server arrive here";
        }

        if (isLongPacketOverdue())
        {
            return "UDP packets of " + mtuLength() + " bytes of that server do not arrive here, shorter ones do: the " +
                "network between carries less than the interfaces of both; shorter ones are used next";
        }

        if (generation.lacksLongPackets())
        {
            return "a UDP packet of " + mtuLength() + " bytes of that server has not arrived here yet, shorter ones " +
                "have";
        }

        return generation.isProven() ? "UDP packets arrive here, but that server does not say the same of those to " +
            target : "UDP packets of that server arrive here, but those to " + target + " do not arrive there";
    }

    private int fail(final String why)
    {
        end(LinkEnding.streamLost(why));

        return 1;
    }

    private void phase(final LinkPhase next)
    {
        Invariant.check(phase.canBecome(next), "a phase of a link out of order");
        phase = next;
        noteSteps();
    }

    private void noteSteps()
    {
        patience.onLook(phase.ordinal() + generation.steps(), nowNs);
    }
}
