/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.StuckThreadException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Open parts are closed in reverse order, whatever fails, but never under a thread that still runs. */
class OpenPartsTest
{
    private static final long JOIN_MS = 20_000;

    private final List<String> closed = new ArrayList<>();

    @Test
    void shouldCloseTheLastPartFirst()
    {
        final OpenParts parts = new OpenParts(JOIN_MS);
        parts.add(() -> closed.add("first"));
        parts.add(() -> closed.add("second"));
        parts.close();
        parts.close();
        assertEquals(List.of("second", "first"), closed);
    }

    @Test
    void shouldCloseTheOthersWhenOneFails()
    {
        final OpenParts parts = new OpenParts(JOIN_MS);
        parts.add(() -> closed.add("first"));
        parts.add(() -> fail("disk"));
        parts.add(() -> fail("socket"));
        final RuntimeException ex = assertThrows(IllegalStateException.class, parts::close);
        assertEquals(List.of("first"), closed);
        assertEquals("socket", ex.getCause().getMessage());
        assertEquals("disk", ex.getSuppressed()[0].getMessage());
    }

    /** Where a class or memory is missing, what is thrown is no exception. */
    @Test
    void shouldCloseTheOthersWhenOneFailsWithAnError()
    {
        final OpenParts parts = new OpenParts(JOIN_MS);
        parts.add(() -> closed.add("first"));
        parts.add(() ->
        {
            throw new NoClassDefFoundError("a class");
        });
        final RuntimeException ex = assertThrows(IllegalStateException.class, parts::close);
        assertEquals(List.of("first"), closed);
        assertEquals("a class", ex.getCause().getMessage());
    }

    @Test
    void shouldWaitForAThread()
    {
        final CountDownLatch told = new CountDownLatch(1);
        final Thread thread = waiting(told);
        final OpenParts parts = new OpenParts(JOIN_MS);
        parts.add(thread, told::countDown);
        parts.close();
        assertFalse(thread.isAlive());
    }

    @Test
    void shouldFreeNothingUnderAThreadThatStays()
    {
        final CountDownLatch told = new CountDownLatch(1);
        final Thread thread = waiting(told);
        final OpenParts parts = new OpenParts(1);
        parts.add(() -> closed.add("memory"));
        parts.add(thread, () -> closed.add("told"));
        final RuntimeException ex = assertThrows(IllegalStateException.class, parts::close);
        assertTrue(ex.getCause().getMessage().contains(thread.getName()), ex.getCause().getMessage());
        parts.close();
        assertEquals(List.of("told"), closed);
        told.countDown();
    }

    /** Each of these has threads that use what was opened before. */
    @Test
    void shouldFreeNothingUnderAThreadOfAPartThatStays()
    {
        final OpenParts parts = new OpenParts(JOIN_MS);
        parts.add(() -> closed.add("memory"));
        parts.add(() ->
        {
            throw new StuckThreadException("a-gateway");
        });
        final RuntimeException ex = assertThrows(IllegalStateException.class, parts::close);
        assertEquals("thread a-gateway does not end", ex.getCause().getMessage());
        parts.close();
        assertEquals(List.of(), closed);
    }

    @Test
    void shouldFreeNothingUnderAThreadThoughTheOneThatClosesIsInterrupted()
    {
        final CountDownLatch told = new CountDownLatch(1);
        final Thread thread = waiting(told);
        final OpenParts parts = new OpenParts(JOIN_MS);
        parts.add(() -> closed.add("memory, thread alive: " + thread.isAlive() + ", interrupted: " +
            Thread.currentThread().isInterrupted()));
        parts.add(thread, told::countDown);
        parts.add(() -> Thread.currentThread().interrupt());
        Thread.currentThread().interrupt();

        try
        {
            parts.close();
        }
        finally
        {
            assertTrue(Thread.interrupted(), "whoever interrupted is not forgotten");
        }

        assertEquals(List.of("memory, thread alive: false, interrupted: false"), closed);
    }

    private static void fail(final String what) throws IOException
    {
        throw new IOException(what);
    }

    private static Thread waiting(final CountDownLatch told)
    {
        final Thread thread = new Thread(() ->
        {
            try
            {
                told.await();
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
        }, "a-part");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
