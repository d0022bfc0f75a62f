/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two servers that perform the same programs at the same time. Reports where their answers diverge. */
final class Duel implements AutoCloseable
{
    private static final long PROGRAM_TIMEOUT_S = 240;

    private final Player left;
    private final Player right;
    private final ExecutorService other = Executors.newSingleThreadExecutor(task ->
    {
        final Thread thread = new Thread(task, "duel-right");
        thread.setDaemon(true);
        return thread;
    });
    private Equivalence equivalence = new Equivalence();
    private final Set<String> outcomes = new TreeSet<>();
    private int performed;

    /** Where and how two transcripts diverge. */
    record Divergence(Program program, int step, String reason, List<Item> left, List<Item> right)
    {
        @Override
        public String toString()
        {
            return "seed " + program.seed() + ", step " + step + ": " + reason + "\n  left:\n    " + lines(left) +
                "\n  right:\n    " + lines(right) + "\n" + program;
        }

        private static String lines(final List<Item> items)
        {
            return String.join("\n    ", items.stream().map(Item::toString).toList());
        }
    }

    /** Each side is one server or the members of an ensemble. */
    Duel(final List<InetSocketAddress> left, final List<InetSocketAddress> right) throws IOException
    {
        final boolean sessionsMove = left.size() > 1 || right.size() > 1;
        this.left = new Player(new Members(left, sessionsMove));
        this.right = new Player(new Members(right, sessionsMove));
    }

    /** Returns null when both servers answered the same. */
    Divergence perform(final Program program) throws IOException
    {
        final String base = program.onRoot() ? "" : "/d" + performed;
        performed++;
        final Future<List<List<Item>>> rightSide = other.submit(() -> right.perform(program, base));
        final List<List<Item>> leftTranscript = left.perform(program, base);
        leftTranscript.forEach(seen -> seen.stream().filter(item -> item.what().equals("reply"))
            .forEach(item -> outcomes.add(item.values().get(0) + " " + item.values().get(3))));
        final Divergence divergence = compare(program, leftTranscript, await(rightSide));

        if (divergence != null)
        {
            equivalence = new Equivalence();
        }

        return divergence;
    }

    /** Pairs of operation and error code seen so far, as "op=1 err=0". */
    Set<String> outcomes()
    {
        return outcomes;
    }

    private Divergence compare(final Program program, final List<List<Item>> left, final List<List<Item>> right)
    {
        final List<List<Item>> a = SessionEnds.sorted(left);
        final List<List<Item>> b = SessionEnds.sorted(right);

        for (int step = 0; step < a.size(); step++)
        {
            final List<Item> x = a.get(step);
            final List<Item> y = b.get(step);

            for (int i = 0; i < Math.min(x.size(), y.size()); i++)
            {
                final String difference = equivalence.difference(x.get(i), y.get(i));

                if (difference != null)
                {
                    return new Divergence(program, step, difference, x, y);
                }
            }

            if (x.size() != y.size())
            {
                return new Divergence(program, step, x.size() + " items against " + y.size(), x, y);
            }
        }

        return null;
    }

    private static <T> T await(final Future<T> future) throws IOException
    {
        try
        {
            return future.get(PROGRAM_TIMEOUT_S, TimeUnit.SECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", ex);
        }
        catch (final ExecutionException | TimeoutException ex)
        {
            throw new IOException("the right side failed", ex);
        }
    }

    @Override
    public void close() throws IOException
    {
        other.shutdownNow();
        left.close();
        right.close();
    }
}
