/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.CloseReason;
import io.caracal.transport.TransportContext;
import io.caracal.transport.WordHandler;
import org.agrona.DirectBuffer;

/** Handles four-letter words on the gateway's thread: passes them to the handler and sends the answers. */
final class WordCalls
{
    private final WordDesk desk;
    private final WordHandler handler;
    private final ConnectionTable table;
    private final Outbox outbox;
    private final Endings endings;
    private final Deadlines deadlines;
    private final Shortage shortage;

    WordCalls(final TransportContext context, final WordDesk desk, final ConnectionTable table, final Outbox outbox,
        final Endings endings, final Deadlines deadlines, final Shortage shortage)
    {
        this.desk = desk;
        this.table = table;
        this.outbox = outbox;
        this.endings = endings;
        this.deadlines = deadlines;
        this.shortage = shortage;
        handler = context.wordHandler();
    }

    /** Passes on a word that a connection sent. */
    void open(final Connection connection, final int word, final long argument)
    {
        if (handler == null)
        {
            endings.end(connection, CloseReason.WORD_ANSWERED);
            return;
        }

        connection.state = ConnectionState.WORD;
        connection.exchange = desk.open(connection.id);
        deadlines.awaitWord(connection);
        handler.onWord(connection.id, word, argument, connection.remote);
    }

    /**
     * Takes a bounded number of pieces of answers. First asks whether there are any. Otherwise the compiler would
     * assume that a reference that is nearly always null is null, and discard the compiled cycle when a word proves it
     * wrong.
     */
    int takeAnswers()
    {
        return desk.hasPieces() ? takePieces() : 0;
    }

    private int takePieces()
    {
        int workCount = 0;
        WordDesk.Piece piece;

        // A piece that is just being added may be visible but not yet available. It is then taken next time.
        while (workCount < WordDesk.PIECES_MAX && (piece = desk.next()) != null)
        {
            final Connection connection = table.find(piece.exchange().connectionId);

            if (connection != null && connection.state == ConnectionState.WORD)
            {
                take(connection, piece.bytes());
            }

            workCount++;
        }

        return workCount;
    }

    private void take(final Connection connection, final DirectBuffer bytes)
    {
        deadlines.awaitWord(connection);

        if (bytes == null)
        {
            outbox.endAfterRest(connection, CloseReason.WORD_ANSWERED);
            return;
        }

        int taken = 0;

        while (taken < bytes.capacity())
        {
            final int length = Math.min(bytes.capacity() - taken, WriteQueue.BLOCK_LENGTH);
            final Block block = shortage.tryClaim(connection, length);

            if (block == null)
            {
                endings.end(connection, CloseReason.NO_MEMORY);
                return;
            }

            block.buffer.putBytes(block.end, bytes, taken, length);
            connection.unsent.commit(length);
            taken += length;
        }

        outbox.onAdded(connection);
    }
}
