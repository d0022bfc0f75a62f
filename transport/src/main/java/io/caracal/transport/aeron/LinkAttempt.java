/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.engine.Invariant;
import io.caracal.transport.PeerRefusal;
import io.caracal.transport.aeron.codec.Ending;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * One attempt to link, from the connection of two servers to the end of the generation that comes of it. A silent link,
 * what is agreed over it and the streams begin and end together: made anew for each attempt, so that nothing of an
 * earlier one survives.
 */
final class LinkAttempt implements LinkMessageHandler
{
    /** A stream that ended may have been ended by the other side, whose notice travels by another road. */
    private static final long NOTICE_GRACE_NS = TimeUnit.MILLISECONDS.toNanos(50);
    /**
     * A packet that was lost once is missed with the next heartbeat, after 100 ms; the driver may need 60 ms to ask for
     * it again, and as much until it runs.
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
     * @param addresses   of the other server's streams.
     * @param news        of its link.
     * @param numberLeast of the generation.
     * @param patience    with it, until the link is up.
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

    /** Begins to listen for the streams of the other server, before it learns that it may send them. */
    void listen()
    {
        generation = agreement.newGeneration();
    }

    /** The streams; null before {@link #listen}. */
    Generation generation()
    {
        return generation;
    }

    /** Where the streams to the other server go; once they are sent. */
    InetSocketAddress address()
    {
        return address;
    }

    /** All streams are proven both ways, and nothing has ended. */
    boolean isUp()
    {
        return phase == LinkPhase.UP && ending == null;
    }

    /** Messages can be sent and received at the moment. */
    boolean isDelivering()
    {
        return isUp() && !isLost;
    }

    /** Whether the other server's process is the one that is linked. */
    boolean isWith(final long processId)
    {
        return processId == agreement.peerHello().processId();
    }

    /** The other server is linked with another process that has this server's id. */
    boolean isIdInUse()
    {
        return isIdInUse;
    }

    /** For people: where the other server's process is. */
    String remoteHost()
    {
        return agreement.silentLink().remoteHost();
    }

    /**
     * Whether packets of the length that was agreed did not arrive here although shorter ones did, for so long that it
     * is no chance.
     */
    boolean lacksLongPackets()
    {
        return lacksLongPackets;
    }

    /** The longest UDP payload that was agreed; once streams are sent. */
    int mtuLength()
    {
        return agreement.mtuLength();
    }

    /** Why it has ended; null: it has not. */
    LinkEnding ending()
    {
        return ending;
    }

    /** When it must go on though nothing comes. */
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

    /** As {@link #read}, without regard to whether anything is known to have come. */
    void readNow(final long now)
    {
        if (ending == null)
        {
            nowNs = now;
            note(agreement.silentLink().readNow(this, now));
        }
    }

    /** Goes on in whatever phase it is. */
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

    /** Looks whether a stream is lost, and whether a notice of the other side could still say why. */
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

    /** Aeron cannot make the streams; to another address of the other server it may be able to. */
    void onStreamsFailed(final String why)
    {
        if (phase == LinkPhase.PROVING && ending == null)
        {
            addresses.onUnproven();
        }

        end(LinkEnding.streamLost(why));
    }

    /** Delivers nothing any more. The first reason counts. */
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

    /** Only the long first message did not come, in half of the time that there is for it. */
    private boolean isLongPacketOverdue()
    {
        return phase == LinkPhase.PROVING && patience.isHalfOver(nowNs, PROOF_LEAST_NS) && generation
            .lacksLongPackets();
    }

    /**
     * Gives up silent link and streams.
     *
     * @param notice the last word to the other server; null: none.
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

    /** What is known of packets that do not arrive although the silent link does. */
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
