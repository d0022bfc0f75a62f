/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerStream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class StreamRoundsTest
{
    private static final int POLLS = 3;
    private static final int PACKETS_MAX = POLLS * StreamRounds.ROUNDS_MAX - 1;

    private int work = 1;
    private final StreamRounds rounds = new StreamRounds(() -> work, () -> PACKETS_MAX, new PeerLink[0]);

    @Test
    void shouldBeDrainedOnceADriverThatAlwaysHasWorkHasReadWhatASocketCanHold()
    {
        assertEquals(POLLS, pollsUntilDrained());
        assertEquals(1, pollsUntilDrained(), "what came since then was read as well");
        rounds.onStop();
        assertEquals(POLLS, pollsUntilDrained(), "what came during a stop");
    }

    @Test
    void shouldBeDrainedWhereADriverHasNoWork()
    {
        work = 0;
        assertEquals(1, pollsUntilDrained());
        work = 1;
        assertEquals(POLLS, pollsUntilDrained());
    }

    private int pollsUntilDrained()
    {
        int polls = 0;

        do
        {
            rounds.poll(NoMessages.INSTANCE, polls);
            polls++;
        }
        while (!rounds.isDrained() && polls <= POLLS);

        return polls;
    }

    /** A handler for a port without links. */
    private enum NoMessages implements PeerHandler
    {
        INSTANCE;

        @Override
        public void onLinkUp(final long serverId, final long generation)
        {
            throw new AssertionError("link " + generation);
        }

        @Override
        public void onLinkDown(final long serverId, final long generation, final LinkEnd end)
        {
            throw new AssertionError("link " + generation);
        }

        @Override
        public boolean onMessage(final long serverId, final PeerStream stream, final DirectBuffer buffer,
            final int offset, final int length)
        {
            throw new AssertionError("message of " + stream);
        }
    }
}
