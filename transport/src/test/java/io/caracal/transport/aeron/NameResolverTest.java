/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.FailingThreads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NameResolverTest
{
    private static final long DEADLINE_S = 30;

    private final HeldThreads held = new HeldThreads();
    private final AtomicInteger threads = new AtomicInteger();
    private final Semaphore wakeups = new Semaphore(0);
    private final NameResolver resolver = new NameResolver(
        task -> threads.getAndIncrement() == 0 ? held.newThread(task) : new Thread(task), wakeups::release);

    @AfterEach
    void close()
    {
        held.release();
        resolver.close();
    }

    /** The first thread makes no progress, like one that waits for an answer. */
    @Test
    void shouldLookUpANameWhileTheAnswerForAnotherOneTakesLong() throws InterruptedException
    {
        final NameLookup slow = new NameLookup("localhost", resolver);
        final NameLookup other = new NameLookup("localhost", resolver);
        slow.request();
        assertFalse(slow.isDone());
        other.request();
        await(other);
        assertFalse(other.addresses().isEmpty());
    }

    @Test
    void shouldGoOnAfterALookUpThatFailsInAnyWay() throws InterruptedException
    {
        held.release();
        final NameLookup failing = new NameLookup("failing", resolver, host ->
        {
            throw new IllegalStateException(host);
        });
        failing.request();
        await(failing);
        assertEquals(List.of(), failing.addresses());

        final NameLookup next = new NameLookup("localhost", resolver);
        next.request();
        await(next);
        assertFalse(next.addresses().isEmpty());
        assertEquals(1, threads.get());
    }

    /** A name server that is away must not keep servers apart whose addresses are the same as before. */
    @Test
    void shouldRememberWhatItFoundWhileTheNameIsNotKnown() throws InterruptedException
    {
        final AtomicBoolean isAway = new AtomicBoolean();
        final NameLookup lookup = new NameLookup("some-name", resolver, host ->
        {
            if (isAway.get())
            {
                throw new UnknownHostException(host);
            }

            return new InetAddress[]{ InetAddress.getLoopbackAddress() };
        });
        lookup.request();
        assertEquals(List.of(), lookup.addresses());
        held.release();
        await(lookup);
        assertTrue(lookup.isCurrent());
        isAway.set(true);
        lookup.request();
        await(lookup);
        assertEquals(List.of(InetAddress.getLoopbackAddress()), lookup.addresses());
        assertFalse(lookup.isCurrent());
        isAway.set(false);
        lookup.request();
        await(lookup);
        assertTrue(lookup.isCurrent());
    }

    @Test
    void shouldLookUpAnewWhenAnAnswerCameThatNobodyWaitedFor() throws InterruptedException
    {
        held.release();
        final AtomicInteger lookups = new AtomicInteger();
        final NameLookup lookup = new NameLookup("some-name", resolver, host ->
        {
            lookups.incrementAndGet();

            return new InetAddress[]{ InetAddress.getLoopbackAddress() };
        });
        lookup.request();
        assertTrue(wakeups.tryAcquire(DEADLINE_S, TimeUnit.SECONDS), "no answer");
        lookup.request();
        await(lookup);
        assertEquals(2, lookups.get());
    }

    /** Otherwise the caller would look it up, and the caller must not wait. */
    @Test
    void shouldLeaveWhatOnlyLooksLikeAnAddressToThreads()
    {
        new NameLookup("1.2.3.256", resolver, host -> new InetAddress[0]).request();
        assertEquals(1, threads.get());
        new NameLookup("01.2.3.4", resolver, host -> new InetAddress[0]).request();
        assertEquals(2, threads.get());
        new NameLookup("192.0.2.255", resolver).request();
        new NameLookup("::1", resolver).request();
        assertEquals(2, threads.get());
    }

    /** A server goes on, and looks up again when it dials again. */
    @Test
    void shouldFindNothingWhileNoThreadCanBeStarted() throws InterruptedException
    {
        final FailingThreads failing = new FailingThreads(0);

        try (NameResolver own = new NameResolver(failing, wakeups::release))
        {
            final NameLookup lookup = new NameLookup("localhost", own);
            lookup.request();
            assertTrue(lookup.isDone());
            assertEquals(List.of(), lookup.addresses());
            failing.startsLeft(1);
            lookup.request();
            await(lookup);
            assertFalse(lookup.addresses().isEmpty());
        }
    }

    @Test
    void shouldWaitForTheThreadThatThereIsWhereNoOtherCanBeStarted() throws InterruptedException
    {
        final FailingThreads failing = new FailingThreads(0);

        try (NameResolver own = new NameResolver(
            task -> held.isAsked() ? failing.newThread(task) : held.newThread(task), wakeups::release))
        {
            final NameLookup first = new NameLookup("localhost", own);
            final NameLookup second = new NameLookup("localhost", own);
            first.request();
            second.request();
            assertFalse(second.isDone());
            held.release();
            await(first);
            await(second);
            assertFalse(second.addresses().isEmpty());
        }
    }

    @Test
    void shouldNeedNoMoreThreadsThanNamesAreLookedUpAtOneMoment() throws InterruptedException
    {
        held.release();
        final NameLookup lookup = new NameLookup("localhost", resolver);
        for (int i = 0; i < 20; i++)
        {
            lookup.request();
            await(lookup);
        }
        assertEquals(1, threads.get());
    }

    private void await(final NameLookup lookup) throws InterruptedException
    {
        while (!lookup.isDone())
        {
            assertTrue(wakeups.tryAcquire(DEADLINE_S, TimeUnit.SECONDS), "no answer");
        }
    }
}
