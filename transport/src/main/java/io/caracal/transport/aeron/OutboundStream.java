/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.protocol.DataHeaderFlyweight;
import io.caracal.engine.port.PeerPort;
import io.caracal.transport.BufferPurpose;
import io.caracal.transport.DirectMemory;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * One stream to another server, for one generation. A message that fits into a datagram is written directly into the
 * term buffer from which it is sent. A longer message is staged and cut into pieces, and no further message is accepted
 * until its last piece is written.
 */
final class OutboundStream
{
    /** A staging buffer of up to this many bytes is kept for the next message. */
    static final int KEPT_LENGTH_MAX = 128 << 10;

    private static final int STAGING_LENGTH_LEAST = 16 << 10;
    private static final int ADMIN_ACTIONS_MAX = 3;
    private static final int PROBE_LENGTH = 0;

    private final BufferClaim claim = new BufferClaim();
    private final UnsafeBuffer staging = new UnsafeBuffer(0, 0);
    private final ExclusivePublication publication;
    private final DirectMemory memory;
    private final TailProbe probe;
    private final int pieceLengthMax;
    private SendWatch watch;
    private ByteBuffer stagingBytes;
    private boolean isClaimStaged;
    private int claimedLength;
    private int stagedLength;
    private int sentLength;
    private int sequence;
    private String lossReason;

    OutboundStream(final ExclusivePublication publication, final DirectMemory memory, final TailProbe probe)
    {
        this.publication = publication;
        this.memory = memory;
        this.probe = probe;
        pieceLengthMax = publication.maxPayloadLength();
    }

    /** Like {@link PeerPort#claim}. */
    int claim(final int length)
    {
        if (stagedLength > 0)
        {
            return PeerPort.BACK_PRESSURED;
        }

        claimedLength = length;
        isClaimStaged = length > pieceLengthMax;

        if (isClaimStaged)
        {
            return stage(length);
        }

        return claimPiece(length) ? claim.offset() : refusal();
    }

    MutableDirectBuffer claimed()
    {
        return isClaimStaged ? staging : claim.buffer();
    }

    /**
     * Like {@link PeerPort#commit}.
     *
     * @param nowNs when the poll of the port began.
     */
    void commit(final long nowNs)
    {
        if (isClaimStaged)
        {
            stagedLength = claimedLength;
            sentLength = 0;
            sendStaged(nowNs);
        }
        else
        {
            commitPiece(PieceHeader.WHOLE, claimedLength);
            probe.onSent(nowNs);
        }
    }

    /**
     * Sends the first message of the stream, if the other side is there.
     *
     * @param isPadded whether the message fills a packet, so that its arrival shows that packets of full length arrive.
     * @return false if it could not be sent yet.
     */
    boolean trySendHello(final UnsafeBuffer hello, final int length, final boolean isPadded)
    {
        if (!publication.isConnected() || !claimPiece(isPadded ? pieceLengthMax : length))
        {
            return false;
        }

        claim.buffer().putBytes(claim.offset(), hello, 0, length);
        commitPiece(PieceHeader.HELLO, length);

        return true;
    }

    /** Sends more pieces of a long message, as far as there is room. */
    int sendStaged(final long nowNs)
    {
        int pieces = 0;

        while (sentLength < stagedLength)
        {
            final int length = Math.min(pieceLengthMax, stagedLength - sentLength);

            if (!claimPiece(length))
            {
                return pieces;
            }

            claim.buffer().putBytes(claim.offset(), staging, sentLength, length);
            commitPiece(sentLength == 0 ? PieceHeader.FIRST : PieceHeader.NEXT, stagedLength);
            sentLength += length;
            probe.onSent(nowNs);
            pieces++;
        }

        if (stagedLength > 0)
        {
            stagedLength = 0;
            release(KEPT_LENGTH_MAX);
        }

        return pieces;
    }

    /**
     * Sends a packet without a message if the last one with a message has been the last for a while, so that the other
     * side notices if that was lost. Aeron hands no such packet over: it is padding.
     *
     * @return whether it was sent.
     */
    boolean probe(final long nowNs)
    {
        return probe.take(nowNs) && publication.appendPadding(PROBE_LENGTH) > 0;
    }

    /** When {@link #probe} must be called, although there is nothing to send. */
    long nextProbeNs()
    {
        return probe.nextNs();
    }

    /** Why this stream cannot go on; null if it can. */
    String lossReason()
    {
        if (lossReason == null && !publication.isConnected())
        {
            lossReason = "nobody receives stream " + publication.streamId();
        }

        return lossReason;
    }

    /**
     * Checks whether this system fails to send what it could send. If so, the stream is lost.
     *
     * @param counters of the client.
     */
    void watchSending(final CountersReader counters)
    {
        if (lossReason() != null)
        {
            return;
        }

        watch = watch == null ? new SendWatch(counters, publication.registrationId(), pieceLengthMax +
            DataHeaderFlyweight.HEADER_LENGTH) : watch;

        if (watch.isStandingStill(publication.position()))
        {
            lossReason = "stream " + publication.streamId() + " stands still: this system does not send its packets, " +
                "though that server has room for them";
        }
    }

    void close()
    {
        publication.revoke();
        stagedLength = 0;
        release(0);
    }

    private int stage(final int length)
    {
        if (stagingBytes == null || stagingBytes.capacity() < length)
        {
            release(0);
            stagingBytes = memory.tryAllocate(BufferPurpose.PEER_STAGED, Math.max(length, STAGING_LENGTH_LEAST));

            if (stagingBytes == null)
            {
                return PeerPort.BACK_PRESSURED;
            }

            staging.wrap(stagingBytes);
        }

        return 0;
    }

    private boolean claimPiece(final int length)
    {
        long result = publication.tryClaim(length, claim);

        // The end of a term was reached: the next try is in the new term.
        for (int i = 1; Publication.ADMIN_ACTION == result && i < ADMIN_ACTIONS_MAX; i++)
        {
            result = publication.tryClaim(length, claim);
        }

        if (result > 0)
        {
            return true;
        }

        note(result);

        return false;
    }

    private void commitPiece(final int kind, final int messageLength)
    {
        claim.reservedValue(PieceHeader.pack(kind, sequence++, messageLength)).commit();
    }

    private int refusal()
    {
        return lossReason == null ? PeerPort.BACK_PRESSURED : PeerPort.CLOSED;
    }

    private void note(final long result)
    {
        if (result == Publication.NOT_CONNECTED)
        {
            lossReason = "nobody receives stream " + publication.streamId();
        }
        else if (result == Publication.MAX_POSITION_EXCEEDED)
        {
            lossReason = "stream " + publication.streamId() + " is at its end";
        }
        else if (result == Publication.CLOSED)
        {
            lossReason = "stream " + publication.streamId() + " was closed";
        }
    }

    private void release(final int keptLength)
    {
        if (stagingBytes != null && stagingBytes.capacity() > keptLength)
        {
            staging.wrap(0, 0);
            memory.free(BufferPurpose.PEER_STAGED, stagingBytes);
            stagingBytes = null;
        }
    }
}
