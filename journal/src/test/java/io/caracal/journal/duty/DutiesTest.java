/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.LangUtil;
import org.junit.jupiter.api.Test;

class DutiesTest
{
    private final List<String> closed = new ArrayList<>();

    @Test
    void shouldCloseEachInItsOrder() throws IOException
    {
        new Duties(new Closing("first", null), new Closing("second", null)).onClose();

        assertEquals(List.of("first", "second"), closed);
    }

    @Test
    void shouldFinishNothingMoreOnceOneHasFailed()
    {
        final IOException failure = new IOException("disk");
        final Duties duties = new Duties(new Closing("first", null), new Closing("second", failure), new Closing(
            "third",
            null));

        assertSame(failure, assertThrows(IOException.class, duties::finish));
        assertEquals(List.of("finish first", "finish second"), closed);
    }

    @Test
    void shouldCloseTheOthersWhenOneFailsOnItsDisk()
    {
        final IOException failure = new IOException("disk");

        assertSame(failure, failureOf(new Closing("first", failure), new Closing("second", null)));
        assertEquals(List.of("first", "second"), closed);
    }

    @Test
    void shouldCloseTheOthersWhenOneBreaksAnInvariant()
    {
        final IllegalStateException failure = new IllegalStateException("broken");

        assertSame(failure, failureOf(new Closing("first", failure), new Closing("second", null)));
        assertEquals(List.of("first", "second"), closed);
    }

    @Test
    void shouldTellTheFirstFailureWithTheOthersBelowIt()
    {
        final IOException first = new IOException("disk");
        final AssertionError second = new AssertionError("broken");

        assertSame(first, failureOf(new Closing("first", first), new Closing("second", second)));
        assertArrayEquals(new Throwable[]{ second }, first.getSuppressed());
    }

    @Test
    void shouldTellAFailureOnceThatAllShare()
    {
        final IOException shared = new IOException("disk");

        assertSame(shared, failureOf(new Closing("first", shared), new Closing("second", shared)));
        assertEquals(0, shared.getSuppressed().length);
    }

    private static Throwable failureOf(final Duty... duties)
    {
        return assertThrows(Throwable.class, () -> new Duties(duties).onClose());
    }

    /** Does nothing but close, which may fail. */
    private final class Closing implements Duty
    {
        private final String name;
        private final Throwable failure;

        private Closing(final String name, final Throwable failure)
        {
            this.name = name;
            this.failure = failure;
        }

        @Override
        public int doWork()
        {
            return 0;
        }

        @Override
        public long idleNs()
        {
            return UNTIL_WOKEN;
        }

        @Override
        public void finish()
        {
            closed.add("finish " + name);
            fail();
        }

        @Override
        public void onClose()
        {
            closed.add(name);
            fail();
        }

        private void fail()
        {
            if (failure != null)
            {
                LangUtil.rethrowUnchecked(failure);
            }
        }
    }
}
