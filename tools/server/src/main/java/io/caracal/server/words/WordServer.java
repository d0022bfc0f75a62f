/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.server.metrics.MetricsView;
import io.caracal.transport.WordHandler;
import io.caracal.transport.WordPort;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.NanoClock;

/**
 * Answers four-letter words on a thread of its own. Several are answered at a time, each by one slice per round, so
 * that neither a slow reader nor a long list holds up the others. A reader that takes nothing for seconds is given up
 * when others cannot be answered because of it. Gateways call {@link #onWord}; everything else belongs to the operator
 * thread.
 */
public final class WordServer implements WordHandler, Agent
{
    /** Maximum number of words that wait for their turn. Further ones are closed without an answer. */
    public static final int WAITING_MAX = 256;
    /** Maximum number of words answered at a time. Further ones wait. */
    public static final int ANSWERS_MAX = 16;

    /** A word that waits for its turn. */
    record Request(long connectionId, int word, long argument, InetSocketAddress remote)
    {
    }

    private final Queue<Request> requests;
    private final List<WordAnswer> answers = new ArrayList<>();
    private final OperatorBridge bridge;
    private final WordScripts scripts;
    private final MetricsView metrics;
    private final NanoClock clock;
    private final Runnable wake;
    private volatile WordPort port;

    /**
     * Creates a server.
     *
     * @param bridge connection to the engine.
     * @param facts  that words report.
     * @param clock  monotonic; the engine's clock.
     * @param wake   wakes the operator thread; called on any thread, must not block.
     */
    public WordServer(final OperatorBridge bridge, final WordFacts facts, final NanoClock clock, final Runnable wake)
    {
        this(bridge, facts, clock, wake, new ManyToOneConcurrentArrayQueue<>(WAITING_MAX));
    }

    WordServer(final OperatorBridge bridge, final WordFacts facts, final NanoClock clock, final Runnable wake,
        final Queue<Request> requests)
    {
        this.bridge = bridge;
        this.scripts = new WordScripts(bridge, facts, clock);
        this.metrics = facts.metrics();
        this.clock = clock;
        this.wake = wake;
        this.requests = requests;
    }

    /**
     * Sets where answers go. Called once, before the operator thread starts.
     *
     * @param wordPort receives the answers.
     */
    public void port(final WordPort wordPort)
    {
        port = wordPort;
    }

    @Override
    public void onWord(final long connectionId, final int word, final long argument, final InetSocketAddress remote)
    {
        if (requests.offer(new Request(connectionId, word, argument, remote)))
        {
            wake.run();
        }
        else if (port != null)
        {
            port.finish(connectionId);
        }
    }

    /**
     * Whether the operator thread must run again soon, because an answer is in progress.
     *
     * @return false when it may sleep until it is woken.
     */
    public boolean isBusy()
    {
        return !answers.isEmpty() || !requests.isEmpty();
    }

    @Override
    public int doWork()
    {
        int work = 0;
        Request request;

        // One that is just being added may be counted but not yet available. It is then taken next time.
        while (answers.size() < ANSWERS_MAX && (request = requests.poll()) != null)
        {
            answers.add(begin(request));
            work++;
        }

        final long nowNs = clock.nanoTime();
        final boolean isCrowded = answers.size() == ANSWERS_MAX || bridge.isFull();
        for (int i = answers.size() - 1; i >= 0; i--)
        {
            if (answers.get(i).advance(nowNs, isCrowded))
            {
                answers.remove(i);
                work++;
            }
        }

        return work;
    }

    private WordAnswer begin(final Request request)
    {
        final Word word = Word.of(request.word());
        metrics.onWord();
        final WordAnswer answer = new WordAnswer(port, request.connectionId(), word, clock.nanoTime(), metrics);
        scripts.write(answer, word, request.argument(), request.remote());
        return answer;
    }

    @Override
    public void onClose()
    {
        answers.forEach(WordAnswer::close);
        answers.clear();
    }

    @Override
    public String roleName()
    {
        return "caracal-words";
    }
}
