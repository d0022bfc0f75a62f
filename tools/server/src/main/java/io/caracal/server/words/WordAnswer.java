/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.engine.port.OperatorQuery;
import io.caracal.server.metrics.MetricsView;
import io.caracal.transport.WordPort;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The answer to one word. Its sections are produced one after the other, as fast as the reader keeps up. Holds at most
 * one slice of text that the connection has not taken yet.
 */
final class WordAnswer
{
    /** The answer while the server cannot be asked. */
    static final String NOT_SERVING = "This ZooKeeper instance is not currently serving requests";
    /** How long the engine may be silent before the answer is given up. */
    static final long SILENCE_MAX_NS = 5_000_000_000L;
    /**
     * How long a reader may take no slice of the answer while it keeps others from being answered. Shorter than the
     * time that those would wait.
     */
    static final long READER_MAX_NS = 4_000_000_000L;
    /** Number of characters collected before they are handed to the connection. */
    private static final int SLICE_LENGTH = 8192;

    private final WordPort port;
    private final long connectionId;
    private final Word word;
    private final MetricsView metrics;
    private final Deque<Section> sections = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private final UnsafeBuffer slice = new UnsafeBuffer(0, 0);
    private int sliceLength;
    private long sent;
    private boolean isStarted;
    private long lastProgressNs;

    WordAnswer(final WordPort port, final long connectionId, final Word word, final long nowNs,
        final MetricsView metrics)
    {
        this.port = port;
        this.connectionId = connectionId;
        this.word = word;
        this.metrics = metrics;
        this.lastProgressNs = nowNs;
    }

    /** Asks for the engine's status first; the sections that follow depend on it. */
    void afterStatus(final OperatorBridge bridge, final Function<ServerStatus, List<Section>> rest)
    {
        sections.add(new QuerySection(bridge, OperatorQuery.STATUS, (out, buffer, offset) ->
        {
            final ServerStatus status = ServerStatus.of(buffer, offset);
            if (status.isServing() || !word.needsServing())
            {
                sections.addAll(rest.apply(status));
            }
            else
            {
                out.append(notServing());
            }
        }));
    }

    void add(final Section section)
    {
        sections.add(section);
    }

    /**
     * Proceeds as far as engine and reader allow.
     *
     * @param isCrowded whether others cannot be answered because of the present answers.
     * @return whether the answer is over.
     */
    boolean advance(final long nowNs, final boolean isCrowded)
    {
        while (true)
        {
            final int sent = flush(nowNs);
            if (sent != WordPort.ACCEPTED)
            {
                return (sent == WordPort.GONE || (isCrowded && nowNs - lastProgressNs > READER_MAX_NS)) && end();
            }

            final Section section = sections.peek();
            if (section == null)
            {
                return end();
            }

            final Section.Progress progress = fill(section);
            if (progress == Section.Progress.DONE)
            {
                sections.remove();
                lastProgressNs = nowNs;
            }
            else if (progress == Section.Progress.MORE)
            {
                lastProgressNs = nowNs;
            }

            if (progress == Section.Progress.WAITING && text.isEmpty())
            {
                return nowNs - lastProgressNs > SILENCE_MAX_NS && giveUp(nowNs);
            }
        }
    }

    private Section.Progress fill(final Section section)
    {
        Section.Progress progress;
        do
        {
            progress = section.advance(text);
        }
        while (progress == Section.Progress.MORE && text.length() < SLICE_LENGTH);

        return progress;
    }

    private int flush(final long nowNs)
    {
        if (sliceLength == 0 && !text.isEmpty())
        {
            final byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            slice.wrap(bytes);
            sliceLength = bytes.length;
            text.setLength(0);
        }

        if (sliceLength == 0)
        {
            return WordPort.ACCEPTED;
        }

        final int result = port.answer(connectionId, slice, 0, sliceLength);
        if (result == WordPort.ACCEPTED)
        {
            sliceLength = 0;
            isStarted = true;
            sent += slice.capacity();
            lastProgressNs = nowNs;
        }

        return result;
    }

    private boolean giveUp(final long nowNs)
    {
        if (!isStarted)
        {
            text.append(notServing());
            flush(nowNs);
        }

        return end();
    }

    private String notServing()
    {
        return word == Word.HASH ? NOT_SERVING : NOT_SERVING + "\n";
    }

    private boolean end()
    {
        close();
        // ZooKeeper writes an answer in pieces of this many characters, and each is a packet.
        metrics.onWordAnswer((sent + SLICE_LENGTH - 1) / SLICE_LENGTH);
        port.finish(connectionId);
        return true;
    }

    void close()
    {
        sections.forEach(Section::close);
        sections.clear();
    }
}
