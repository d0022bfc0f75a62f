/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerStream;
import io.caracal.transport.DirectMemory;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;
import org.agrona.concurrent.status.CountersReader;

/**
 * One stream from another server, for one generation. Its image is accepted only if it was joined at the very beginning
 * of the stream, and its first message must carry the agreed token. Any sign that something is missing makes the stream
 * lost.
 */
final class InboundStream implements ControlledFragmentHandler
{
    private final PeerStream stream;
    private final long serverId;
    private final int messageLengthMax;
    private final MessageAssembly assembly;
    private final StreamHelloReader helloReader;
    private Image image;
    private GapWatch gap;
    private PeerHandler handler;
    private Throwable failure;
    private String lossReason;
    private boolean isProven;
    private boolean isRefused;
    private long refusedIn = -1;
    private boolean isStopped;
    private boolean isStandingStill;
    private int sequence;
    private int deliveredCount;

    InboundStream(final PeerStream stream, final long serverId, final int messageLengthMax, final DirectMemory memory,
        final StreamHelloReader helloReader)
    {
        this.stream = stream;
        this.serverId = serverId;
        this.messageLengthMax = messageLengthMax;
        this.helloReader = helloReader;
        assembly = new MessageAssembly(memory);
    }

    /** Called from within Aeron's client: the image is only noted here, and judged in poll. */
    void onImage(final Image value)
    {
        if (image != null)
        {
            lose("came a second time");
        }
        else if (value.joinPosition() != 0)
        {
            lose("is not whole: it was joined at " + value.joinPosition());
        }
        else
        {
            image = value;
        }
    }

    /** Called from within Aeron's client: the end is only noted here, and judged in poll. */
    void onImageGone(final Image value)
    {
        if (value == image)
        {
            lose("ended");
        }
    }

    /** Whether Aeron has announced the stream here. */
    boolean hasImage()
    {
        return image != null;
    }

    /** Whether the first message of the stream was read and was the agreed one. */
    boolean isProven()
    {
        return isProven;
    }

    /** Reads the first message of the stream, and nothing after it. */
    boolean pollHello()
    {
        if (!isProven && image != null && lossReason == null)
        {
            image.controlledPoll(this, 1);
            rethrowFailure();
        }

        return isProven;
    }

    /**
     * Delivers messages until one is refused.
     *
     * @param peerHandler receives them.
     * @param limit       of datagrams.
     * @param pollNumber  of the port.
     * @return amount of work done.
     */
    int poll(final PeerHandler peerHandler, final int limit, final long pollNumber)
    {
        if (lossReason != null || isStopped)
        {
            return 0;
        }

        handler = peerHandler;
        isRefused = false;
        deliveredCount = 0;
        int fragments = 0;

        if (!assembly.isWhole() || deliverAssembled())
        {
            fragments = image.controlledPoll(this, limit);
        }

        handler = null;
        refusedIn = isRefused ? pollNumber : refusedIn;
        rethrowFailure();

        return Math.max(fragments, deliveredCount);
    }

    /** Whether a message was refused in this poll of the port. If so, none is offered before the next poll. */
    boolean isRefusedIn(final long pollNumber)
    {
        return refusedIn == pollNumber;
    }

    /** Stops delivery: no further message of this stream is handed over, not even in the present poll. */
    void stop()
    {
        isStopped = true;
    }

    /** Why this stream cannot go on; null if it can. */
    String lossReason()
    {
        if (lossReason == null && image != null && image.isClosed())
        {
            lose("was closed");
        }

        return lossReason;
    }

    /**
     * Checks whether packets of this stream fail to arrive although the stream goes on. If so, the stream is lost.
     *
     * @param counters of the client.
     */
    void watchGap(final CountersReader counters)
    {
        if (lossReason() == null)
        {
            gap = gap == null ? new GapWatch(counters, image.correlationId()) : gap;

            if (gap.isStandingStill())
            {
                isStandingStill = true;
                lose("stands still: packets of it do not arrive here, though others of that server do");
            }
        }
    }

    /** Whether the stream was lost because packets of it did not arrive. */
    boolean isStandingStill()
    {
        return isStandingStill;
    }

    void close()
    {
        isStopped = true;
        assembly.close();
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        try
        {
            return onPiece(buffer, offset, length, header.reservedValue());
        }
        catch (final Throwable ex)
        {
            // Aeron would report it to its error handler and go on after the message, but a broken invariant must not
            // pass.
            failure = ex;
            return Action.ABORT;
        }
    }

    private Action onPiece(final DirectBuffer buffer, final int offset, final int length, final long header)
    {
        if (isStopped)
        {
            return Action.ABORT;
        }

        if (!PieceHeader.isInSequence(header, sequence))
        {
            return lose("has a hole");
        }

        final int messageLength = PieceHeader.messageLength(header);

        return switch (PieceHeader.kind(header))
        {
            case PieceHeader.HELLO -> onHello(buffer, offset, length);
            case PieceHeader.WHOLE -> onWhole(buffer, offset, length, messageLength);
            case PieceHeader.FIRST -> onFirst(buffer, offset, length, messageLength);
            case PieceHeader.NEXT -> onNext(buffer, offset, length, messageLength);
            default -> lose("has a message of an unknown kind");
        };
    }

    private Action onHello(final DirectBuffer buffer, final int offset, final int length)
    {
        if (isProven || !helloReader.isExpected(buffer, offset, length))
        {
            return lose("does not begin as agreed");
        }

        isProven = true;
        sequence++;

        return Action.BREAK;
    }

    private Action onWhole(final DirectBuffer buffer, final int offset, final int length, final int messageLength)
    {
        if (!isProven || assembly.isUnderWay() || length != messageLength)
        {
            return lose("has a message out of place");
        }

        if (!handler.onMessage(serverId, stream, buffer, offset, length))
        {
            isRefused = true;
            return Action.ABORT;
        }

        sequence++;
        deliveredCount++;

        return isStopped ? Action.BREAK : Action.CONTINUE;
    }

    private Action onFirst(final DirectBuffer buffer, final int offset, final int length, final int messageLength)
    {
        if (!isProven || assembly.isUnderWay() || length >= messageLength)
        {
            return lose("has a message out of place");
        }

        if (messageLength > messageLengthMax)
        {
            return lose("has a message of " + messageLength + " bytes, more than " + messageLengthMax);
        }

        if (!assembly.tryBegin(messageLength))
        {
            return lose("has a message of " + messageLength + " bytes, for which there is no memory");
        }

        return append(buffer, offset, length);
    }

    private Action onNext(final DirectBuffer buffer, final int offset, final int length, final int messageLength)
    {
        if (!assembly.isUnderWay() || messageLength != assembly.messageLength())
        {
            return lose("has a piece out of place");
        }

        return append(buffer, offset, length);
    }

    private Action append(final DirectBuffer buffer, final int offset, final int length)
    {
        if (!assembly.tryAppend(buffer, offset, length))
        {
            return lose("has a piece that is too long");
        }

        sequence++;

        return !assembly.isWhole() || (deliverAssembled() && !isStopped) ? Action.CONTINUE : Action.BREAK;
    }

    /**
     * Delivers the assembled message and returns whether it was taken. If not, it is offered again at the next poll.
     */
    private boolean deliverAssembled()
    {
        if (!handler.onMessage(serverId, stream, assembly.buffer(), 0, assembly.messageLength()))
        {
            isRefused = true;
            return false;
        }

        deliveredCount++;
        assembly.end();

        return true;
    }

    private Action lose(final String what)
    {
        if (lossReason == null)
        {
            lossReason = "stream " + stream + " " + what;
        }

        return Action.ABORT;
    }

    private void rethrowFailure()
    {
        if (failure != null)
        {
            final Throwable ex = failure;
            failure = null;
            LangUtil.rethrowUnchecked(ex);
        }
    }
}
