/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class PageTableTest
{
    private static final long LIMIT_S = 30;
    private static final int SHORT_MAX = 3;

    private final PageTable pages = new PageTable(SHORT_MAX, 1);
    private final CompletableFuture<Void> result = new CompletableFuture<>();

    @Test
    void shouldFindThePageWithTheLongestPath()
    {
        final Page above = request -> Reply.text(200, "above");
        final Page list = request -> Reply.text(200, "list");
        pages.add("/commands", above, PageTable.Kind.SHORT);
        pages.add("/commands/list", list, PageTable.Kind.LONG);

        assertSame(above, pages.of("/commands/other").page());
        assertSame(list, pages.of("/commands/list").page());
        assertSame(above, pages.of("/commands/lists").page());
        assertNull(pages.of("/other"));
    }

    /** Each takes a part of the heap until its reader has it. */
    @Test
    void shouldAnswerLongOnesOneAfterTheOther() throws Exception
    {
        final PageTable.Place list = place(PageTable.Kind.LONG);
        pages.enter(list);
        final Thread other = enterWaiting(list);
        // The one that waits keeps nobody from anything else.
        for (int i = 1; i < SHORT_MAX; i++)
        {
            pages.enter(place(PageTable.Kind.SHORT));
        }
        pages.enter(place(PageTable.Kind.PROBE));

        pages.leave(list);
        result.get(LIMIT_S, TimeUnit.SECONDS);
        other.join();
    }

    @Test
    void shouldLetTheNextOneInWhenOneThatWaitsGivesUp() throws Exception
    {
        final PageTable.Place page = place(PageTable.Kind.SHORT);
        for (int i = 0; i < SHORT_MAX; i++)
        {
            pages.enter(page);
        }
        final PageTable.Place list = place(PageTable.Kind.LONG);
        final Thread other = enterWaiting(list);
        other.interrupt();
        other.join();
        assertTrue(result.isCompletedExceptionally());

        pages.leave(page);
        pages.enter(list);
        pages.leave(list);
    }

    /** Returns a thread that waits for its turn. */
    private Thread enterWaiting(final PageTable.Place place)
    {
        final Thread thread = new Thread(() ->
        {
            try
            {
                pages.enter(place);
                result.complete(null);
            }
            catch (final IOException ex)
            {
                result.completeExceptionally(ex);
            }
        });
        thread.start();
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (thread.getState() != Thread.State.WAITING && System.nanoTime() - deadlineNs < 0)
        {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(Thread.State.WAITING, thread.getState(), "it does not wait");
        return thread;
    }

    private static PageTable.Place place(final PageTable.Kind kind)
    {
        return new PageTable.Place(request -> Reply.text(200, ""), kind);
    }
}
