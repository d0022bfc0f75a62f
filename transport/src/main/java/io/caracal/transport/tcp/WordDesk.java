/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.WordPort;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Receives answers to four-letter words from any thread and keeps them for the gateway. What waits is bounded for each
 * word by the answer's bound, and the number of words by the number of connections.
 */
final class WordDesk implements WordPort
{
    /** Maximum of pieces that one cycle takes. */
    static final int PIECES_MAX = 64;

    private final ConcurrentHashMap<Long, WordExchange> exchanges = new ConcurrentHashMap<>();
    private final ManyToOneConcurrentLinkedQueue<Piece> pieces = new ManyToOneConcurrentLinkedQueue<>();
    private final int answerMax;
    private final Runnable wakeup;

    WordDesk(final int answerMax, final Runnable wakeup)
    {
        this.answerMax = answerMax;
        this.wakeup = wakeup;
    }

    /** Begins an exchange. */
    WordExchange open(final long connectionId)
    {
        final WordExchange exchange = new WordExchange(connectionId);
        exchanges.put(connectionId, exchange);

        return exchange;
    }

    /** Ends an exchange whose connection is gone. */
    void close(final WordExchange exchange)
    {
        exchanges.remove(exchange.connectionId);
    }

    @Override
    public int answer(final long connectionId, final DirectBuffer buffer, final int offset, final int length)
    {
        final WordExchange exchange = exchanges.get(connectionId);

        if (exchange == null)
        {
            return GONE;
        }

        synchronized (exchange)
        {
            if (exchange.isFinished())
            {
                return GONE;
            }

            if (exchange.unsentBytes() >= answerMax)
            {
                return BEHIND;
            }

            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            exchange.addUnsent(length);
            pieces.offer(new Piece(exchange, new UnsafeBuffer(bytes)));
        }

        wakeup.run();

        return ACCEPTED;
    }

    @Override
    public void finish(final long connectionId)
    {
        final WordExchange exchange = exchanges.get(connectionId);

        if (exchange != null)
        {
            synchronized (exchange)
            {
                if (exchange.isFinished())
                {
                    return;
                }

                exchange.finish();
                pieces.offer(new Piece(exchange, null));
            }

            wakeup.run();
        }
    }

    boolean hasPieces()
    {
        return !pieces.isEmpty();
    }

    /** Returns the next piece, or null. */
    Piece next()
    {
        return pieces.poll();
    }

    /** A piece of an answer. Without bytes it marks the end of the answer. */
    record Piece(WordExchange exchange, DirectBuffer bytes)
    {
    }
}
